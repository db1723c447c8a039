package configs

import "net"

// Private is what only the operator's own machines may reach.
type Private struct {
	// Listen is the address, HOST:PORT, where health and figures are told;
	// empty where nobody asks for them.
	Listen string
}

// private checks the settings under "private".
func (s *sources) private() Private {
	v, ok := s.text("private.listen", "INTERLAB_PRIVATE_LISTEN")
	if !ok {
		return Private{}
	}
	if _, port, err := net.SplitHostPort(v.text); err != nil || port == "" {
		s.found.add(v.where, "%q is no address to listen at; write HOST:PORT, as 127.0.0.1:9464", v.text)
	}
	return Private{Listen: v.text}
}
