package bot_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// How large the placement of a benchmark is.
const (
	benchOpenings   = 200
	benchApplicants = 2000
	benchChoices    = 8
)

// BenchmarkPlacement times a placement from "residency run" until everybody is told,
// on a real server: 200 openings in 100 labs, 2,000 applicants, 16,000 applications.
func BenchmarkPlacement(b *testing.B) {
	for range b.N {
		b.StopTimer()
		store, err := redis.Embed(b.Context(), redis.EmbedOptions{Dir: b.TempDir(), Network: "hall"})
		if errors.Is(err, redis.ErrNoServer) {
			b.Skip(err)
		}
		if err != nil {
			b.Fatal(err)
		}
		h := newHall(b, store)
		h.manyApplications()
		b.StartTimer()
		began := time.Now()
		if err := h.does(0, "run", account("organiser", 0), chat.Call{Path: []string{"residency", "run"}}); err != nil {
			b.Fatal(err)
		}
		h.settle()
		preview := time.Since(began)
		p := documents[bot.Placement](h, "all/placement")[0]
		ref := chat.Ref{Route: "residency.settle", ID: fmt.Sprintf("%s.%d", p.ID, p.Edition)}
		if err := h.does(0, "settle", account("organiser", 0), chat.Press{Ref: ref}); err != nil {
			b.Fatal(err)
		}
		h.settle()
		b.StopTimer()
		if p = documents[bot.Placement](h, "all/placement")[0]; p.Step != bot.PlacementDone || p.Numbers.Applicants != benchApplicants {
			b.Fatalf("the placement is %+v", p)
		}
		b.ReportMetric(preview.Seconds(), "s-to-preview")
		_ = store.Close()
	}
}

// manyApplications keeps labs, leads, openings and people who have applied.
func (h *hall) manyApplications() {
	h.t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	docs := []bot.Document{&bot.Person{ID: "organiser", Name: "Organiser", Accounts: []chat.Account{account("organiser", 0)}, Roles: []bot.Grant{{Role: bot.Organiser}}, Joined: h.now}}
	day := func(text string) calendar.Date {
		d, err := calendar.ParseDate(text)
		if err != nil {
			h.t.Fatal(err)
		}
		return d
	}
	for i := range 100 {
		lab := fmt.Sprintf("lab%d", i)
		docs = append(docs, &bot.Lab{ID: lab, Name: lab},
			&bot.Person{ID: "lead" + lab, Name: "Lead", Lab: lab, Accounts: []chat.Account{account("lead", i)}, Roles: []bot.Grant{{Role: bot.Lead, Lab: lab}}, Joined: h.now})
	}
	for i := range benchOpenings {
		docs = append(docs, &bot.Opening{
			ID: fmt.Sprintf("opening%d", i), Lab: fmt.Sprintf("lab%d", i%100), Title: "An opening", Topics: []string{topics[i%len(topics)]}, Learn: "All", Give: "All", Capacity: 3,
			From: day("2027-06-01"), To: day("2027-08-31"), Last: day("2026-09-20"), Zone: calendar.UTC(), Deadline: h.now.Add(-14 * 24 * time.Hour), State: bot.OpeningReady, Ranked: i%2 == 0,
		})
	}
	for i := range benchApplicants {
		id := fmt.Sprintf("p%d", i)
		docs = append(docs, &bot.Person{ID: id, Name: id, Lab: fmt.Sprintf("lab%d", i%100), Shares: []string{topics[i%len(topics)]}, Accounts: []chat.Account{account("p", i)}, Joined: h.now})
		for place, o := range r.Perm(benchOpenings)[:benchChoices] {
			docs = append(docs, &bot.Application{
				ID: fmt.Sprintf("%s-%d", id, o), Person: id, Opening: fmt.Sprintf("opening%d", o), Why: "I would like to come.", Place: place + 1, At: h.now, State: bot.AppChosen,
				Band: []bot.Band{bot.BandMust, bot.BandLike, bot.BandOK, bot.BandNot}[r.IntN(4)],
			})
		}
	}
	h.keep(docs...)
}
