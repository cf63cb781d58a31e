package describe

// FileID is fileID.
var FileID = fileID
