package desk

// Finding is one thing that an adapter's check has looked at.
type Finding struct {
	What   string // what was looked at
	Found  string // what was found
	Advice string // what to do; empty where all is well
	Bad    bool   // it does not work until that is done
}
