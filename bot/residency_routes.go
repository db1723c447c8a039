package bot

import (
	"slices"

	"interlab/bot/chat"
)

func residencyRoutes() []route {
	return slices.Concat(openingRoutes(), applicationRoutes(), rankRoutes(), placementRoutes(), acceptRoutes(), []route{
		{name: "residency.results", show: chat.ShowPrivate, do: (*request).results},
	})
}

func residencyCommands() []chat.Command {
	opening := chat.Arg{Name: "opening", Summary: "its title, or the start", Required: true, Complete: true}
	return []chat.Command{
		{
			Name: "offer", Summary: "Offer a residency in your lab", Route: "residency.offer.typed", Blank: offerRoute,
			Example: `residency offer title:"Protein design" topics:"protein folding" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Jan 2027"`,
			Args: []chat.Arg{
				{Name: "title", Summary: "the title", Required: true},
				{Name: "topics", Summary: "separated by commas"},
				{Name: "learn", Summary: "what you want to learn"},
				{Name: "give", Summary: "what you can pass on"},
				{Name: "offers", Summary: "desk, housing, travel"},
				{Name: "capacity", Summary: "how many can come"},
				{Name: "from", Summary: "the first day"},
				{Name: "to", Summary: "the last day"},
				{Name: deadlineField, Summary: "the last day to apply"},
				{Name: "lab", Summary: "if you lead several", Complete: true},
			},
		},
		{
			Name: "browse", Summary: "The residencies that labs offer", Route: "residency.browse", Example: `residency browse topic:"protein folding"`,
			Args: []chat.Arg{{Name: "topic", Summary: "what it is about", Complete: true}},
		},
		{
			Name: "apply", Summary: "Apply, and order your choices", Route: "residency.apply", Blank: choicesRoute, Example: `residency apply opening:"Protein design"`,
			Args: []chat.Arg{opening, {Name: "why", Summary: "why you want to come"}},
		},
		{
			Name: "rank", Summary: "Say whom your lab would like", Route: "residency.rank", Example: `residency rank opening:"Protein design"`,
			Args: []chat.Arg{{Name: "opening", Summary: "if you offer several", Complete: true}},
		},
		{Name: "run", Summary: "Place applicants, for organisers", Route: "residency.run", Example: "residency run"},
		{Name: "results", Summary: "What became of applications", Route: "residency.results", Example: "residency results"},
	}
}
