package configs

// Level is the least urgent kind of line that the log keeps.
type Level string

// The levels, from the most talkative to the most silent.
const (
	LevelDebug Level = "debug"
	LevelInfo  Level = "info"
	LevelWarn  Level = "warn"
	LevelError Level = "error"
)

// Format is how a line of the log is written.
type Format string

// The formats: console for people, one JSON object a line for machines.
const (
	FormatConsole Format = "console"
	FormatJSON    Format = "json"
)

// Log says what the program tells of its own work.
type Log struct {
	Level  Level
	Format Format
}

// log checks the settings under "log".
func (s *sources) log() Log {
	return Log{
		Level:  choice(s, "log.level", "INTERLAB_LOG_LEVEL", LevelInfo, LevelDebug, LevelWarn, LevelError),
		Format: choice(s, "log.format", "", FormatConsole, FormatJSON),
	}
}

// choice returns the setting at path, which must be one of the choices; where
// it is not set, the first of them.
func choice[T ~string](s *sources, path, variable string, choices ...T) T {
	v, ok := s.text(path, variable)
	if !ok {
		return choices[0]
	}
	var names []string
	for _, c := range choices {
		if v.text == string(c) {
			return c
		}
		names = append(names, string(c))
	}
	s.found.add(v.where, "%q is unknown; write %s", v.text, orList(names))
	return choices[0]
}
