package bot

import (
	"slices"

	"interlab/bot/chat"
)

// commands is everything that can be typed. Groups are nouns; what is common
// can be reached by buttons and forms as well.
func commands() *chat.Tree {
	return &chat.Tree{
		Name:    "interlab",
		Summary: "Scientists talking to scientists",
		Start:   "start",
		Commands: []chat.Command{
			// The same as the bare name, which not every platform can send.
			{Name: "start", Summary: "What I can do for you", Route: "start", Example: "start"},
			helpCommand(),
			{Name: "me", Summary: "What is mine, and what is next", Route: "me", Example: "me"},
			{Name: "profile", Summary: "What others may know about you", Subs: profileCommands()},
			{Name: "match", Summary: "Find somebody who knows a topic", Subs: matchCommands()},
			{Name: "link", Summary: "Be one person in two accounts", Subs: linkCommands()},
			{Name: "admin", Summary: "For organisers", Subs: slices.Concat(adminCommands(), watchCommands())},
			{Name: "exchange", Summary: "Plan a visit with goals both ways", Subs: exchangeCommands()},
			{Name: "goal", Summary: "What an exchange is to transfer", Subs: goalCommands()},
			{Name: "report", Summary: "What came of it, in numbers", Subs: reportCommands()},
			whenCommand(),
			{Name: "colloquium", Summary: "Talks that are open to all labs", Subs: colloquiumCommands()},
			{Name: "residency", Summary: "Places that labs offer to others", Subs: residencyCommands()},
			{Name: "round", Summary: "Pairs of all labs, planned together", Subs: roundCommands()},
		},
	}
}

func helpCommand() chat.Command {
	return chat.Command{
		Name: "help", Summary: "What I can do", Route: "help", Example: "help match find",
		Args: []chat.Arg{{Name: "group", Summary: "a command"}, {Name: "command", Summary: "its second word"}},
	}
}

func profileCommands() []chat.Command {
	return []chat.Command{
		{
			Name: "set", Summary: "Join, or change your profile", Route: "profile.set", Blank: "profile.edit",
			Example: `profile set lab:Curie shares:"graph neural networks" zone:Paris`,
			Args: []chat.Arg{
				{Name: "shares", Summary: "topics you can share"},
				{Name: "seeks", Summary: "topics you look for"},
				{Name: "lab", Summary: "your lab", Complete: true},
				{Name: "zone", Summary: "your city or zone", Complete: true},
				{Name: "hours", Summary: "e.g. Mon-Fri 09:00-17:00"},
				{Name: "about", Summary: "a few lines or abstract"},
				{Name: "contact", Summary: "how to reach you"},
				{Name: "show", Summary: "what others see first", Kind: chat.ArgChoice, Choices: []string{"name", "topics"}},
			},
		},
		{Name: "show", Summary: "What others see of you", Route: "profile.show", Example: "profile show"},
		{
			Name: "pause", Summary: "Not be found until a day", Route: "profile.pause",
			Example: "profile pause until:2027-01-10",
			Args:    []chat.Arg{{Name: "until", Summary: "a day, or now to end it", Required: true}},
		},
		remindCommand(),
		awayCommand(),
		{Name: "questions", Summary: "Whether I ask about your exchanges", Route: "profile.questions", Example: "profile questions"},
		{Name: "export", Summary: "All that I keep about you, as a file", Route: "profile.export", Example: "profile export"},
		{Name: "forget", Summary: "Delete everything about you", Route: routeForget, Example: "profile forget"},
		calendarCommand(),
		seenCommand(),
	}
}

func matchCommands() []chat.Command {
	person := []chat.Arg{{Name: "person", Summary: "who", Kind: chat.ArgPerson, Required: true, Complete: true}}
	return []chat.Command{
		{
			Name: "find", Summary: "Who in another lab knows a topic", Route: "match.find", Blank: "match.new",
			Example: `match find topic:"sparse autoencoders" kind:seminar`,
			Args: []chat.Arg{
				{Name: "topic", Summary: "what you look for", Required: true, Complete: true},
				{Name: "kind", Summary: "what for", Kind: chat.ArgChoice, Choices: purposes},
			},
		},
		{Name: "list", Summary: "Your asks, talks and introductions", Route: "match.list", Example: "match list"},
		{Name: "block", Summary: "Never be matched with somebody", Route: "match.block", Args: person, Example: `match block person:"Bo Larsen"`},
		{Name: "unblock", Summary: "Take a block back", Route: "match.unblock", Args: person, Example: `match unblock person:"Bo Larsen"`},
	}
}

func adminCommands() []chat.Command {
	return []chat.Command{
		{
			Name: "lab", Summary: "List, add or rename labs", Route: "admin.lab", Blank: "admin.labs", Example: `admin lab name:"Curie Lab"`,
			Args: []chat.Arg{
				{Name: "name", Summary: "the lab", Required: true, Complete: true},
				{Name: "rename", Summary: "its new name"},
			},
		},
		{
			Name: "home", Summary: "Say which lab lives in a home", Route: "admin.home", Blank: "admin.homes", Example: `admin home lab:"Curie Lab"`,
			Args: []chat.Arg{
				{Name: "lab", Summary: "the lab", Required: true, Complete: true},
				{Name: "home", Summary: "if not this one"},
			},
		},
		{
			Name: "role", Summary: "Give or take a role", Route: "admin.role", Blank: "admin.roles", Example: `admin role person:"Ana" role:lead lab:Curie`,
			Args: []chat.Arg{
				{Name: "person", Summary: "who", Kind: chat.ArgPerson, Required: true, Complete: true},
				{Name: "role", Summary: "which", Kind: chat.ArgChoice, Choices: []string{"organiser", "lead", "member"}, Required: true},
				{Name: "lab", Summary: "whose lead", Complete: true},
			},
		},
		channelCommand(),
		approvalCommand(),
		bulletinCommand(),
	}
}
