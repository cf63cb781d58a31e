package madeup

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
)

// Services are TLS servers on the loopback interface, which the network of the
// world reaches at the addresses of endpoint network interfaces.
type Services struct {
	CA *x509.CertPool // who signed the servers' certificates

	at      map[string]net.Addr // "10.0.3.11:443": a server's real address
	servers []*http.Server
}

// service is one server: where it stands, what it is called, how it answers.
type service struct {
	addresses []string
	names     []string
	answer    http.HandlerFunc
}

var services = []service{
	{
		addresses: []string{"10.0.1.10:443", "10.0.2.10:443", "10.0.3.10:443"},
		names:     []string{"monitoring.us-east-2.amazonaws.com", "*.monitoring.us-east-2.vpce.amazonaws.com"},
		answer: func(w http.ResponseWriter, _ *http.Request) { // ListMetrics, in Smithy RPC v2 CBOR
			w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
			w.Header().Set("Content-Type", "application/cbor")
			_, _ = w.Write(cbor.Encode(cbor.Map{"Metrics": cbor.List{cbor.Map{
				"Namespace": cbor.String("AWS/PrivateLinkEndpoints"), "MetricName": cbor.String("ActiveConnections"),
			}}}))
		},
	},
	{
		addresses: []string{"10.0.3.11:443"},
		names:     []string{"sts.us-east-2.amazonaws.com"},
		answer: func(w http.ResponseWriter, _ *http.Request) { // GetCallerIdentity
			_, _ = io.WriteString(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>`+
				`<Arn>arn:aws:sts::111122223333:assumed-role/app/session</Arn><Account>111122223333</Account><UserId>AROAEXAMPLE:session</UserId>`+
				`</GetCallerIdentityResult></GetCallerIdentityResponse>`)
		},
	},
	{
		addresses: []string{"10.0.3.12:443"},
		names:     []string{"s3.us-east-2.amazonaws.com", "*.s3.us-east-2.amazonaws.com"},
		answer: func(w http.ResponseWriter, r *http.Request) { // GetObject: the bucket stands in the host
			object := []byte("an object of " + r.Host)
			sum := crc32.NewIEEE()
			_, _ = sum.Write(object)
			w.Header().Set("X-Amz-Checksum-Crc32", base64.StdEncoding.EncodeToString(sum.Sum(nil)))
			_, _ = w.Write(object)
		},
	},
}

// Start starts the servers. Close ends them.
func Start() (*Services, error) {
	ca, err := newAuthority()
	if err != nil {
		return nil, err
	}
	s := &Services{CA: x509.NewCertPool(), at: map[string]net.Addr{}}
	s.CA.AddCert(ca.cert)
	for _, svc := range services {
		cert, err := ca.issue(svc.names)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		server := &http.Server{Handler: svc.answer, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
		s.servers = append(s.servers, server)
		for _, address := range svc.addresses {
			s.at[address] = l.Addr()
		}
		go server.Serve(l) //nolint:errcheck // it ends with Close
	}
	return s, nil
}

// Close ends the servers and their connections.
func (s *Services) Close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Close())
	}
	return errors.Join(errs...)
}

// DialContext connects to what stands at an address of the world's network.
func (s *Services) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	server, ok := s.at[address]
	if !ok {
		return nil, fmt.Errorf("nothing listens at %s", address)
	}
	var d net.Dialer
	return d.DialContext(ctx, network, server.String())
}

// authority signs certificates that only clients with its pool believe.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := sign(&x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "made-up CA"},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, nil, key, key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{cert, key}, nil
}

func (a *authority) issue(names []string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	der, err := sign(&x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: names,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.cert, key, a.key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// sign signs a certificate for an hour; without a parent, by itself.
func sign(c, parent *x509.Certificate, key, by *ecdsa.PrivateKey) ([]byte, error) {
	c.NotBefore, c.NotAfter = time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
	if parent == nil {
		parent = c
	}
	return x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, by)
}
