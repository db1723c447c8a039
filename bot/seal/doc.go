// Package seal keeps what must not be read where it is stored, and vouches for
// what is handed out. It is pure: keys come in as text, and the moment as an
// argument.
//
// A Ring holds keys by name, the newest first. What the newest key seals, the
// ring opens as long as that key is on it, so that keys change without a pause:
// add the new one in front, seal everything again, take the old one away.
package seal
