package main

import (
	"fmt"

	"interlab/adapters/console"
	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// answering notes that a person's event is being answered: what arrives in
// their conversation meanwhile is that answer.
func (d *discordDoor) answering(who chat.Account, is bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer[who] = is
}

func (d *discordDoor) isAnswering(who chat.Account) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.answer[who]
}

// see puts what Discord shows onto the console's screen.
func (d *discordDoor) see(s discordtest.Sight) {
	if err := d.show(s); err != nil {
		d.console.Fault(fmt.Errorf("what Discord shows: %w", err))
	}
}

func (d *discordDoor) show(s discordtest.Sight) error {
	switch {
	case s.Modal != nil:
		return d.open(s)
	case s.Event != nil:
		return d.schedule(*s.Event)
	}
	m, err := d.server.Read(s.Message)
	if err != nil {
		return err
	}
	d.mu.Lock()
	posted, known := d.posted[s.Message.ID]
	d.mu.Unlock()
	inPlace := s.Interaction != nil && s.Interaction.Message == s.Message.ID
	if s.Edited && (inPlace || s.Interaction == nil) {
		if !known {
			return fmt.Errorf("message %s changed before it was seen", s.Message.ID)
		}
		return d.console.Change(posted, inPlace, "", m)
	}
	// What edits an answer that stands already is the same answer again: the
	// terminal prints that anew.
	shown := d.shown(s)
	shown.Message = m
	posted = d.console.Show(shown)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at[posted], d.posted[s.Message.ID] = s.Message.ID, posted
	return nil
}

// schedule shows an event. It leads to a message that stands there.
func (d *discordDoor) schedule(e discordtest.Event) error {
	o := d.server.ReadEvent(e)
	d.mu.Lock()
	defer d.mu.Unlock()
	post, known := d.posted[o.Post.Message]
	if !known {
		return fmt.Errorf("event %q leads to no message", e.Name)
	}
	o.Post = post
	d.posted[e.ID] = d.console.ShowOccasion(d.posted[e.ID], o)
	return nil
}

// shown says who sees a new message, and as what.
func (d *discordDoor) shown(s discordtest.Sight) console.Shown {
	place := d.names.place(chat.Place{Home: chat.Home{Platform: discord.Platform, ID: s.Message.Guild}, Channel: s.Message.Channel})
	user := s.Message.For
	if s.Interaction != nil && place.Channel == "" {
		user = s.Interaction.Spot.User // nobody else is where commands are used
	}
	who := d.names.account(chat.Account{Platform: discord.Platform, User: user})
	out := console.Shown{To: chat.Recipient{Place: place}, In: place, Private: s.Message.Private}
	if user != "" {
		out.To = chat.Recipient{Account: who}
		out.In = chat.Place{Home: d.names.home(user, s.Interaction != nil || d.isAnswering(who))}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	out.Private = out.Private || s.Message.Guild == "" && d.answer[who]
	if s.Message.Under != "" {
		out.Under = d.posted[s.Message.Under]
	}
	return out
}

// home is where a user of Discord reads in the script: an answer where they have
// spoken, and what comes out of the blue where they were first.
func (n *discordNames) home(user string, answered bool) chat.Home {
	n.mu.Lock()
	defer n.mu.Unlock()
	home := chat.Home{Platform: discord.Platform}
	if all := n.homes[user]; len(all) > 0 {
		home.ID = all[0]
		if answered {
			home.ID = all[len(all)-1]
		}
	}
	return home
}

// open shows a form.
func (d *discordDoor) open(s discordtest.Sight) error {
	form, err := discordtest.ReadForm(s.Modal)
	if err != nil {
		return err
	}
	who := d.names.account(chat.Account{Platform: discord.Platform, User: s.Interaction.Spot.User})
	d.mu.Lock()
	on := d.posted[s.Interaction.Message]
	d.forms[who] = s.Interaction
	d.mu.Unlock()
	d.console.OpenForm(who, chat.Place{Home: d.names.home(s.Interaction.Spot.User, true)}, on, form)
	return nil
}
