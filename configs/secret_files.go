package configs

// SecretFile is a file that holds secrets and that the settings were read from.
type SecretFile struct {
	// Setting is the path of the setting that names the file; "settings" for the
	// settings file itself, which is one where a secret stands in it.
	Setting string
	// Path is where the file is.
	Path string
	// Ring is whether it holds the keys, which open all that is sealed.
	Ring bool
}

// holds notes that a secret came from a file, once for each.
func (s *sources) holds(file SecretFile) {
	for _, known := range s.secretFiles {
		if known.Path == file.Path {
			return
		}
	}
	s.secretFiles = append(s.secretFiles, file)
}

// holdsItself notes that a secret stands in the settings file, and not in the
// environment.
func (s *sources) holdsItself(v value, variable string) {
	if v.where != variable {
		s.holds(SecretFile{Setting: "settings", Path: s.base})
	}
}
