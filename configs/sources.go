package configs

import (
	"path/filepath"
	"strings"
)

// sources is where settings come from: the environment before the file. It
// gathers the problems met on the way.
type sources struct {
	base     string // path of the settings file; relative paths in it begin at its folder
	file     file
	getenv   func(string) string
	readFile func(string) ([]byte, error)
	found    problems

	secretFiles []SecretFile // that were read on the way
}

// text returns the setting at path and whether it is set: as the environment
// variable gives it, else as the file does. An empty text sets nothing.
// Settings without a variable pass "".
func (s *sources) text(path, variable string) (value, bool) {
	if variable != "" {
		if text := s.getenv(variable); text != "" {
			return value{text, variable}, true
		}
	}
	if written := s.file[path]; len(written) > 0 {
		return written[0], written[0].text != ""
	}
	return value{where: path}, false
}

// beside returns the path that v holds. A relative one from the file begins at
// the file's folder, so that the program may be started anywhere; one from the
// environment begins where the program was started, as people expect there.
func (s *sources) beside(v value) string {
	if _, fromFile := s.file[v.where]; !fromFile || filepath.IsAbs(v.text) {
		return v.text
	}
	return filepath.Join(filepath.Dir(s.base), v.text)
}

// secret returns a secret and whether one is set; what is its word for people.
// The environment comes before both settings of the file, path and path_file,
// and these exclude each other.
func (s *sources) secret(path, variable, what string) (value, bool) {
	plain, given := s.text(path, variable)
	file, kept := s.text(path+"_file", "")
	if given {
		s.holdsItself(plain, variable)
	}
	if !kept || plain.where == variable {
		return plain, given
	}
	if given {
		s.found.add(file.where, "is set beside %s; keep one of them", path)
		return plain, true
	}
	data, err := s.readFile(s.beside(file))
	if err != nil {
		s.found.add(file.where, "cannot be read: %v; correct the path or the file's rights", err)
		return value{where: file.where}, true
	}
	s.holds(SecretFile{Setting: file.where, Path: s.beside(file), Ring: path == "keys"})
	secret := value{strings.TrimRight(string(data), "\r\n"), file.where}
	if secret.text == "" {
		s.found.add(file.where, "%q is empty; write the %s into it", file.text, what)
	}
	return secret, true
}
