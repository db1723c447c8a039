package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

func exchangeRoutes() []route {
	return []route{
		{name: "exchange.propose", show: chat.ShowPrivate, do: (*request).propose},
		{name: "exchange.choose", show: chat.ShowPrivate, do: (*request).choosePartner, matches: true},
		{name: "exchange.plan", show: chat.ShowForm, form: (*request).planForm, subject: KindMatch},
		{name: "exchange.plan.sent", show: chat.ShowPrivate, changes: true, do: (*request).planBegun, check: planProblems},
		{name: "exchange.goals", show: chat.ShowForm, form: (*request).planGoals, subject: KindDraft},
		{name: "exchange.goals.sent", show: chat.ShowPrivate, changes: true, do: (*request).planDone, check: planGoalProblems, subject: KindDraft},

		{name: "exchange.agree", show: chat.ShowInPlace, changes: true, do: (*request).agreeTerms, subject: KindExchange},
		{name: "exchange.decline", show: chat.ShowInPlace, changes: true, do: (*request).declineTerms, subject: KindExchange},
		{name: "exchange.cancel", show: chat.ShowInPlace, changes: true, do: (*request).cancelExchange, subject: KindExchange},
		{name: "exchange.end", show: chat.ShowInPlace, changes: true, do: (*request).endExchange, subject: KindExchange},
		{name: "exchange.show", show: chat.ShowPrivate, do: (*request).showExchanges},
		{name: "exchange.open", show: chat.ShowPrivate, do: (*request).openExchange, subject: KindExchange},

		{name: "exchange.begun", show: chat.ShowInPlace, changes: true, do: (*request).beganNow, subject: KindExchange},
		{name: "exchange.notbegun", show: chat.ShowInPlace, changes: true, do: (*request).beganNot, subject: KindExchange},
		{name: "exchange.pause", show: chat.ShowForm, form: pauseForm().open, subject: KindExchange},
		{name: "exchange.pause.sent", show: chat.ShowPrivate, changes: true, do: (*request).pauseVisit},
		{name: "exchange.resume", show: chat.ShowInPlace, changes: true, do: (*request).resume, subject: KindExchange},
		{name: "exchange.extend", show: chat.ShowForm, form: extendForm().open, subject: KindExchange},
		{name: "exchange.extend.sent", show: chat.ShowPrivate, changes: true, do: (*request).extend},
		{name: "exchange.done", show: chat.ShowInPlace, changes: true, do: (*request).finish, subject: KindExchange},
		{name: "exchange.handover", show: chat.ShowForm, form: handoverForm().open, subject: KindExchange},
		{name: "exchange.handover.sent", show: chat.ShowPrivate, changes: true, do: (*request).handOver},
		{name: "exchange.takeover", show: chat.ShowInPlace, changes: true, do: (*request).takeOver, subject: KindExchange},
		{name: "exchange.object", show: chat.ShowForm, form: objectForm().open, subject: KindExchange},
		{name: "exchange.object.sent", show: chat.ShowPrivate, changes: true, do: (*request).object},
		{name: "exchange.again", show: chat.ShowInPlace, changes: true, do: (*request).askReopen, subject: KindExchange},
		{name: "exchange.reopen", show: chat.ShowForm, form: (*request).reopenForm, subject: KindExchange},
		{name: "exchange.reopen.sent", show: chat.ShowPrivate, changes: true, do: (*request).reopen},
		{name: "exchange.renew", show: chat.ShowPrivate, changes: true, do: (*request).renew, subject: KindExchange},
		{name: "exchange.handseat", show: chat.ShowPrivate, do: (*request).handSeat, subject: KindExchange},
		{name: "exchange.name", show: chat.ShowInPlace, changes: true, do: (*request).nameSuccessor},
		{name: "exchange.take", show: chat.ShowInPlace, changes: true, do: (*request).fillSeat, subject: KindExchange},
		{name: "exchange.leave", show: chat.ShowInPlace, changes: true, do: (*request).leaveSeat, subject: KindExchange},

		{name: "exchange.oneway", show: chat.ShowForm, form: oneWayForm().open, subject: KindExchange},
		{name: "exchange.oneway.sent", show: chat.ShowPrivate, changes: true, do: (*request).oneWay},
		{name: "exchange.change", show: chat.ShowPrivate, do: (*request).whatToChange, subject: KindExchange},
		{name: "exchange.dates", show: chat.ShowForm, form: (*request).datesForm, subject: KindExchange},
		{name: "exchange.dates.sent", show: chat.ShowPrivate, changes: true, do: (*request).changeDates, check: planProblems},
	}
}

func goalRoutes() []route {
	return []route{
		{name: "goal.add", show: chat.ShowPrivate, changes: true, do: (*request).addGoal},
		{name: "goal.which", show: chat.ShowPrivate, changes: true, do: (*request).addGoalThere},
		{name: "goal.new", show: chat.ShowPrivate, do: (*request).whereToAdd},
		{name: "goal.edit", show: chat.ShowForm, form: (*request).goalForm, subject: KindExchange},
		{name: "goal.edit.sent", show: chat.ShowPrivate, changes: true, do: (*request).changeGoal, check: goalProblems},
		{name: "goal.remove", show: chat.ShowPrivate, changes: true, do: (*request).removeGoal},
		{name: "goal.begin", show: chat.ShowPrivate, do: (*request).beginAsking, subject: KindDraft},
		{name: "goal.for", show: chat.ShowPrivate, changes: true, do: (*request).askGoalFor, subject: KindExchange},
		{name: "goal.ask", show: chat.ShowForm, form: (*request).askForm, subject: KindDraft},
		{name: "goal.ask.sent", show: chat.ShowPrivate, changes: true, do: (*request).takeAnswer, subject: KindDraft},
		{name: "goal.answer", show: chat.ShowInPlace, changes: true, do: (*request).takeAnswer, subject: KindDraft},
		{name: "goal.again", show: chat.ShowInPlace, changes: true, do: (*request).askAgain},
		{name: "goal.send", show: chat.ShowInPlace, changes: true, do: (*request).sendGoals, subject: KindDraft},
		{name: "goal.list", show: chat.ShowPrivate, do: (*request).listGoals},
		{name: "goal.show", show: chat.ShowPrivate, do: (*request).showGoal},
		{name: "goal.open", show: chat.ShowPrivate, do: (*request).openGoal, subject: KindExchange},

		{name: "goal.ontrack", show: chat.ShowInPlace, changes: true, do: (*request).onTrack, subject: KindExchange},
		{name: "goal.atrisk", show: chat.ShowInPlace, changes: true, do: (*request).atRisk, subject: KindExchange},
		{name: "goal.blocked", show: chat.ShowInPlace, changes: true, do: (*request).blocked, subject: KindExchange},
		{name: "goal.why", show: chat.ShowPrivate, changes: true, do: (*request).blockedBy, subject: KindExchange},
		{name: "goal.done", show: chat.ShowInPlace, changes: true, do: (*request).claimGoal, subject: KindExchange},
		{name: "goal.yes", show: chat.ShowInPlace, changes: true, do: verifyGoal(exchange.Alone), subject: KindExchange},
		{name: "goal.helped", show: chat.ShowInPlace, changes: true, do: verifyGoal(exchange.WithHelp), subject: KindExchange},
		{name: "goal.more", show: chat.ShowPrivate, do: (*request).moreOfGoal, subject: KindExchange},
		{name: "goal.settle", show: chat.ShowForm, form: (*request).settleForm, subject: KindExchange},
		{name: "goal.settle.sent", show: chat.ShowPrivate, changes: true, do: (*request).settleGoal, check: settleProblems},
		{name: "goal.help", show: chat.ShowInPlace, changes: true, do: (*request).askHelp, subject: KindExchange},
		{name: "goal.cleared", show: chat.ShowInPlace, changes: true, do: (*request).cleared, subject: KindExchange},
		{name: "goal.notyet", show: chat.ShowInPlace, changes: true, do: (*request).doubtGoal, subject: KindExchange},
	}
}

func reportRoutes() []route {
	return []route{
		{name: "report.lab", show: chat.ShowPrivate, do: (*request).reportLab},
		{name: "report.network", show: chat.ShowPrivate, do: (*request).reportNetwork},
		{name: "report.me", show: chat.ShowPrivate, do: (*request).reportMe},
		{name: "report.states", show: chat.ShowPrivate, do: charted(chartStates)},
		{name: "report.flow", show: chat.ShowPrivate, do: charted(chartFlow)},
		{name: "report.meetings", show: chat.ShowPrivate, do: charted(chartMeetings)},
		{name: "report.export", show: chat.ShowPrivate, do: (*request).exportReport},
		{name: "report.files", show: chat.ShowPrivate, do: (*request).exportNamed},
		{name: "report.post", show: chat.ShowPrivate, changes: true, do: (*request).postReport},
		{name: ownRoute, show: chat.ShowPrivate, do: (*request).ownAddress},
	}
}

func exchangeCommands() []chat.Command {
	return []chat.Command{
		{
			Name: "propose", Summary: "Plan a visit with goals both ways", Route: "exchange.propose", Blank: "exchange.choose",
			Example: `exchange propose person:"Bo Larsen"`,
			Args:    []chat.Arg{{Name: "person", Summary: "whom you were introduced", Kind: chat.ArgPerson, Required: true, Complete: true}},
		},
		{Name: "show", Summary: "Your exchanges and their terms", Route: "exchange.show", Example: "exchange show"},
	}
}

func goalCommands() []chat.Command {
	return []chat.Command{
		{
			Name: "add", Summary: "Add a goal to an exchange", Route: "goal.add", Blank: "goal.new",
			Example: `goal add text:"They can run our evals alone" way:give due:"5 Feb 2027"`,
			Args: []chat.Arg{
				{Name: "text", Summary: "what they can do then", Required: true},
				{Name: "way", Summary: "give or get", Kind: chat.ArgChoice, Choices: []string{wayGive, wayGet}, Required: true},
				{Name: "due", Summary: "by which day", Required: true},
			},
		},
		{Name: "list", Summary: "Your goals and how they do", Route: "goal.list", Example: "goal list"},
		{
			Name: "show", Summary: "One goal of your list", Route: "goal.show", Blank: "goal.list", Example: "goal show 2",
			Args: []chat.Arg{{Name: "number", Summary: "as goal list has it", Kind: chat.ArgNumber, Required: true}},
		},
	}
}

func reportCommands() []chat.Command {
	return []chat.Command{
		{
			Name: "lab", Summary: "Goals between a lab and others", Route: "report.lab", Example: "report lab lab:Curie period:2026",
			Args: []chat.Arg{{Name: "lab", Summary: "yours, if left out", Complete: true}, periodArg()},
		},
		{Name: "network", Summary: "All labs together, for organisers", Route: "report.network", Example: `report network period:"last month"`, Args: []chat.Arg{periodArg()}},
		{Name: "me", Summary: "Your asks, exchanges and goals", Route: "report.me", Example: "report me period:2026-Q4", Args: []chat.Arg{periodArg()}},
		{
			Name: "export", Summary: "Figures as files", Route: "report.files", Example: "report export of:lab period:2026",
			Args: []chat.Arg{{Name: "of", Summary: "lab, network or me", Kind: chat.ArgChoice, Choices: []string{"lab", networkReport, myReport}}, periodArg()},
		},
		artefactsCommand(),
	}
}
