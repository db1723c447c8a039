package configs

import (
	"crypto/x509"
	"path/filepath"
	"strconv"
	"strings"
)

// passwordVariable names the environment variable of redis.password.
const passwordVariable = "INTERLAB_REDIS_PASSWORD" //nolint:gosec // a name, no password

// Redis says where documents are kept: in a Redis that somebody runs, or in an
// embedded one that the program starts itself.
type Redis struct {
	// URL is an Address, and never holds credentials. Empty means the embedded
	// store.
	URL string
	// Username is a user of Redis' access lists and comes with a password;
	// empty means Redis' default user.
	Username string
	// Password is empty where Redis asks for none.
	Password Secret
	// SentinelUsername and SentinelPassword are for the sentinels themselves,
	// whose users are their own.
	SentinelUsername string
	SentinelPassword Secret
	// Authority is PEM: who signed the servers' certificates. Empty means
	// whoever the machine trusts.
	Authority []byte
	// Data is the folder of the embedded store; empty if URL is set.
	Data string
}

// Embedded reports whether the program is to start its own Redis.
func (r Redis) Embedded() bool { return r.URL == "" }

// redis checks the settings under "redis".
func (s *sources) redis() Redis {
	address, remote := s.text("redis.url", "INTERLAB_REDIS_URL")
	username, named := s.text("redis.username", "")
	password, guarded := s.password()
	if !remote {
		// Credentials without an address: the address was forgotten, and an
		// empty embedded store would be mistaken for a loss of all data.
		for _, stray := range []value{username, password} {
			if stray.text != "" {
				s.found.add(stray.where, "is only for a Redis at redis.url; set redis.url or remove this")
			}
		}
		return Redis{Data: s.data()}
	}
	if _, err := ParseAddress(address.text); err != nil {
		s.found.add(address.where, "%q %v", shownURL(address.text), err)
	}
	if named && !guarded {
		s.found.add("redis.password", "is missing for user %q; set %s or redis.password_file", username.text, passwordVariable)
	}
	r := Redis{URL: address.text, Username: username.text, Password: NewSecret(password.text)}
	s.sentinels(&r)
	r.Authority = s.authority()
	return r
}

// sentinels reads what the sentinels ask for.
func (s *sources) sentinels(r *Redis) {
	username, named := s.text("redis.sentinel_username", "")
	password, guarded := s.secret("redis.sentinel_password", "INTERLAB_SENTINEL_PASSWORD", "password")
	if named && !guarded {
		s.found.add("redis.sentinel_password", "is missing for user %q; set INTERLAB_SENTINEL_PASSWORD or redis.sentinel_password_file", username.text)
	}
	if a, err := ParseAddress(r.URL); err == nil && a.Layout != Sentinel && (named || guarded) {
		s.found.add("redis.sentinel_password", "is only for sentinels; write redis-sentinel:// in redis.url or remove this")
	}
	r.SentinelUsername, r.SentinelPassword = username.text, NewSecret(password.text)
}

// authority reads the certificate of whoever signed the servers'.
func (s *sources) authority() []byte {
	file, ok := s.text("redis.ca_file", "")
	if !ok {
		return nil
	}
	data, err := s.readFile(s.beside(file))
	switch {
	case err != nil:
		s.found.add(file.where, "cannot be read: %v; correct the path", err)
	case !x509.NewCertPool().AppendCertsFromPEM(data):
		s.found.add(file.where, "%q holds no certificate; write the authority's in PEM into it", file.text)
	}
	return data
}

// password returns the password and whether one is set.
func (s *sources) password() (value, bool) {
	return s.secret("redis.password", passwordVariable, "password")
}

// data returns the folder of the embedded store; where none is set, the one
// that the XDG Base Directory Specification gives to the program's data.
// https://specifications.freedesktop.org/basedir-spec/latest/
func (s *sources) data() string {
	folder, ok := s.text("redis.data", "INTERLAB_DATA")
	if strings.HasPrefix(folder.text, "~") {
		s.found.add(folder.where, "%q begins with ~, which only a shell understands; write the whole path", folder.text)
	}
	if ok {
		return s.beside(folder)
	}
	// The specification has relative paths ignored.
	if base := s.getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "interlab")
	}
	if home := s.getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", "interlab")
	}
	s.found.add("redis.data", "has no default, since HOME is not set; write a folder or set INTERLAB_DATA")
	return ""
}

// isNumber reports whether text is a decimal number of at most so many bits.
func isNumber(text string, bits int) bool {
	_, err := strconv.ParseUint(text, 10, bits)
	return err == nil
}

// shownURL is an address as far as it may be shown: without what stands before
// an @, which may be a password, and without options, which may hold one.
func shownURL(text string) string {
	if at := strings.LastIndex(text, "@"); at >= 0 {
		text = hidden + text[at:]
	}
	text, _, _ = strings.Cut(text, "?")
	return text
}
