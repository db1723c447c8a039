package configs_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/configs"
)

func TestAnAddressSaysHowServersStandTogether(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]configs.Address{
		"redis://localhost":         {Layout: configs.Single, Hosts: []string{"localhost:6379"}},
		"REDISS://a:1/15":           {Layout: configs.Single, Hosts: []string{"a:1"}, Database: 15, TLS: true},
		"redis://[::1]:7/":          {Layout: configs.Single, Hosts: []string{"[::1]:7"}},
		"redis://[fe80::1]":         {Layout: configs.Single, Hosts: []string{"[fe80::1]:6379"}},
		"redis-cluster://a,b:7000":  {Layout: configs.Cluster, Hosts: []string{"a:6379", "b:7000"}},
		"rediss-cluster://a":        {Layout: configs.Cluster, Hosts: []string{"a:6379"}, TLS: true},
		"redis-sentinel://a,b:1/m":  {Layout: configs.Sentinel, Hosts: []string{"a:26379", "b:1"}, Master: "m"},
		"redis-sentinel://a/m/3":    {Layout: configs.Sentinel, Hosts: []string{"a:26379"}, Master: "m", Database: 3},
		"rediss-sentinel://a:1/m/":  {Layout: configs.Sentinel, Hosts: []string{"a:1"}, Master: "m", TLS: true},
		"redis-cluster://a,b,c:1/":  {Layout: configs.Cluster, Hosts: []string{"a:6379", "b:6379", "c:1"}},
		"redis://redis.lab.example": {Layout: configs.Single, Hosts: []string{"redis.lab.example:6379"}},
	} {
		got, err := configs.ParseAddress(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("ParseAddress(%q) = %v (-want +got):\n%s", text, err, diff)
		}
	}
}

func TestAnAddressThatIsNoneSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"localhost":                  "is no address",
		"http://a":                   "unknown scheme",
		"redis-ring://a":             "unknown scheme",
		"redis://u:p@a":              "credentials",
		"redis://a/?db=1":            "has options",
		"redis://":                   "names no host",
		"redis://,":                  "names no host",
		"redis://a b":                "names no host",
		"redis://a:0x1":              "no possible port",
		"redis://a:70000":            "no possible port",
		"redis://a,b":                "several hosts",
		"redis://a/one":              "no database number",
		"redis://a/-1":               "no database number",
		"redis-cluster://a/1":        "has one only",
		"redis-sentinel://a":         "does not name the master",
		"redis-sentinel://a/":        "does not name the master",
		"redis-sentinel://a/m/one":   "no database number",
		"redis-sentinel://a,,b/main": "names no host",
	} {
		if _, err := configs.ParseAddress(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAddress(%q) = %v; want %q", text, err, want)
		}
	}
}

func TestAnAddressOfAnythingIsReadOrRefusedWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"redis://", "rediss-sentinel://", "redis-cluster://", ""}).Draw(t, "scheme") +
			rapid.StringMatching(`[a-z0-9:,/\[\]@?#. -]{0,20}`).Draw(t, "rest") + rapid.SampledFrom([]string{"", "hunter2", "hunter2@a"}).Draw(t, "secret")
		a, err := configs.ParseAddress(text)
		if err != nil {
			if strings.Contains(err.Error(), "hunter2") {
				t.Fatalf("ParseAddress(%q) quotes a secret: %v", text, err)
			}
			return
		}
		if len(a.Hosts) == 0 || a.Layout == configs.Sentinel && a.Master == "" {
			t.Fatalf("ParseAddress(%q) = %+v, which leads nowhere", text, a)
		}
	})
}

// authority is a certificate in PEM.
func authority(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestSentinelsAndAuthoritiesAreChecked(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"lab/ca.pem": "no certificate", "lab/secret": "s3cret\n"}}
	for text, want := range map[string]string{
		"redis:\n  url: redis-sentinel://a/m\n  sentinel_username: il\n": "redis.sentinel_password: is missing",
		"redis:\n  url: redis://a\n  sentinel_password_file: secret\n":   "is only for sentinels",
		"redis:\n  url: rediss://a\n  ca_file: none.pem\n":               "redis.ca_file: cannot be read",
		"redis:\n  url: rediss://a\n  ca_file: ca.pem\n":                 "holds no certificate",
	} {
		if _, err := w.load(text); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("Load(%q) = %v; want %q", text, err, want)
		}
	}
	got, err := w.load("redis:\n  url: redis-sentinel://a/m\n  sentinel_username: il\n  sentinel_password_file: secret\n")
	if err != nil || got.Redis.SentinelUsername != "il" || got.Redis.SentinelPassword.Reveal() != "s3cret" {
		t.Errorf("Load of sentinels = %+v, %v", got.Redis, err)
	}
}
