package console

import "fmt"

// greet opens the session.
func (p *prompt) greet() {
	if p.console.greeting != "" {
		p.tell(p.console.greeting)
	}
	if p.who.IsZero() {
		p.tell("Nobody is here yet. Write who speaks, such as: as ana@slack:curie")
	} else {
		p.tell("Here are:")
		p.people()
		p.tell("To speak as somebody else, write: as NAME")
	}
	p.tell("Write help to ask the bot, ? for this terminal, quit to leave.")
}

// people tells who is there.
func (p *prompt) people() {
	for _, who := range p.console.screen.present() {
		text := "  " + who.String()
		if who == p.who {
			text += ", who speaks now"
		}
		if open, ok := p.console.screen.form(who.Account()); ok {
			text += fmt.Sprintf(", with form %d open", open.number)
		}
		p.tell(text)
	}
	if len(p.console.screen.present()) == 0 {
		p.tell("  nobody yet")
	}
}

// promptHelp is what ? shows.
const promptHelp = `What you write is said to the bot by whoever stands in front of the line.
  2                         press button 2 of the newest message, or choose option 2 of its menu
  press "Yes" on 4          press a button by its label, on message 4
  choose "Tue 15:00"        choose from a menu
  fill                      go on with the open form; fill title="A talk" sends it at once
  as bo@discord:noether     speak as bo from now on; later as bo, @bo or bo>
  bo> match find graphs     one line as bo
  bo #general> hello        a line in a channel
  add bot, remove bot       the bot comes to the speaker's home, or leaves it
  again                     deliver the last event once more
  together ... end          several lines at the same moment
  clock +7d                 move the clock: +36h, +15m, 2026-12-01T09:00Z
  store stops               let the store fail, until store returns
  expect bo: text           check what bo has just seen
  say "press on"            say a text that would be read as something else
  who, ?, quit              who is here, this list, leave`
