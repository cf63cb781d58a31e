package route

// CodeWords are the codes in the order of their bits.
var CodeWords = codeWords[:]

// LastCode is the last bit.
const LastCode = cVPCBlockPublicAccess

var MayBePrivate = mayBePrivate
