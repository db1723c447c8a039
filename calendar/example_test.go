package calendar_test

import (
	"errors"
	"fmt"
	"time"

	"interlab/calendar"
)

// A time that somebody typed is shown back in full before it counts.
func ExampleZoneSet_ParseMoment() {
	set := calendar.Pinned()
	berlin, _ := calendar.ParseZone("Berlin")
	now := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

	moment, err := set.ParseMoment("next Tue 15:00", now, berlin)
	fmt.Println(set.FormatFull(moment.Instant, moment.Wall.Zone), err)

	_, err = set.ParseMoment("28 Mar 02:30", now, berlin)
	var refusal *calendar.Refusal
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Reason, len(refusal.Choices))
	}
	// Output:
	// Tue 8 Dec 2026, 15:00 Berlin (UTC+1) <nil>
	// skipped 2
}

// Times that suit three labs, the best first, each on its own day.
func ExampleZoneSet_CommonSlots() {
	set := calendar.Pinned()
	var attendees []calendar.Attendee
	for _, city := range []string{"Berlin", "New York", "Nairobi"} {
		zone, _ := calendar.ParseZone(city)
		attendees = append(attendees, calendar.Attendee{Zone: zone, Hours: calendar.DefaultHours()})
	}
	hours, _ := calendar.ParseHours("Tue-Thu 8-18")
	attendees[2].Hours = hours
	from := time.Date(2026, 12, 7, 0, 0, 0, 0, time.UTC)
	for _, slot := range set.CommonSlots(calendar.SlotQuery{
		From: from, To: from.AddDate(0, 0, 7), Length: 30 * time.Minute, Attendees: attendees, Limit: 2,
	}) {
		fmt.Println(set.FormatFull(slot.Start, attendees[0].Zone))
	}
	// Output:
	// Tue 8 Dec 2026, 15:00 Berlin (UTC+1)
	// Wed 9 Dec 2026, 15:00 Berlin (UTC+1)
}

// Messages wait for the hours of the person they are for.
func ExampleZoneSet_NextOpen() {
	set := calendar.Pinned()
	auckland, _ := calendar.ParseZone("Auckland")
	friday := time.Date(2026, 12, 11, 16, 0, 0, 0, time.UTC)
	fmt.Println(set.FormatFull(set.NextOpen(calendar.DefaultHours(), friday, auckland), auckland))
	// Output:
	// Mon 14 Dec 2026, 09:00 Auckland (UTC+13)
}

// A seminar on every second Tuesday of the month, without Christmas; from
// February on it is on Wednesdays.
func ExampleSeries_MoveFollowing() {
	berlin, _ := calendar.ParseZone("Berlin")
	day := func(text string) calendar.Date {
		d, _ := calendar.ParseDate(text)
		return d
	}
	clock, _ := calendar.NewClock(15, 0)
	first := calendar.Wall{Date: day("2026-11-10"), Clock: clock, Zone: berlin}
	series, err := calendar.NewMonthly(first, false, day("2027-03-31"))
	fmt.Println(series.Words(), err)

	series = series.Skip(day("2026-12-08"))
	before, after, err := series.MoveFollowing(day("2027-02-09"), calendar.Wall{Date: day("2027-02-10"), Clock: clock, Zone: berlin})
	fmt.Println(before.Dates(), after.Dates(), err)
	// Output:
	// on the second Tuesday of every month <nil>
	// [2026-11-10 2027-01-12] [2027-02-10 2027-03-10] <nil>
}

// Of two times that suit equally many, one is late in the evening in Tokyo.
func ExampleZoneSet_Rank() {
	set := calendar.Pinned()
	tokyo, _ := calendar.ParseZone("Tokyo")
	at := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC)
	both := map[string]calendar.Vote{"a": calendar.VoteYes, "b": calendar.VoteYes}
	for _, standing := range set.Rank(calendar.Poll{
		Length:  time.Hour,
		Options: []calendar.Option{{ID: "a", Start: at.Add(13 * time.Hour)}, {ID: "b", Start: at.Add(33 * time.Hour)}},
		Voters:  []calendar.Voter{{ID: "emi", Lab: "reef", Zone: tokyo, Votes: both}},
	}) {
		fmt.Println(standing.ID, standing.Yes, standing.Uncivil, standing.Ahead)
	}
	// Output:
	// b 1 [] uncivil
	// a 1 [emi]
}
