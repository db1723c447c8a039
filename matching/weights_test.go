package matching

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestKindsAreWeighedInTheOrderThatMatters(t *testing.T) {
	t.Parallel()
	if !(shares.weight() > about.weight() && about.weight() > seeks.weight() && seeks.weight() > 0) {
		t.Errorf("weights of shares, about and seeks = %v, %v, %v, want them falling",
			shares.weight(), about.weight(), seeks.weight())
	}
}

func TestSaturatedGrowsSlowly(t *testing.T) {
	t.Parallel()
	for n := 1.0; n < MaxRunes; n++ {
		if now, next := saturated(n), saturated(n+1); next <= now || next > now+1 {
			t.Fatalf("saturated(%v) = %v, saturated(%v) = %v", n, now, n+1, next)
		}
	}
	if got := saturated(1); got != 0 {
		t.Errorf("saturated(1) = %v, want 0", got)
	}
	if most := (1 + saturated(MaxRunes)) * weightOne; most > math.MaxUint16 {
		t.Errorf("the largest weight is %v, more than a posting holds", most)
	}
}

func TestDampingFallsWithTheLengthOfTheText(t *testing.T) {
	t.Parallel()
	last, words := 2.0, ""
	for n := range uint64(60) {
		words += " " + invented(n*17)
		r := read(words, Aliases{})
		got := r.damping()
		switch {
		case n < 3 && got != 1:
			t.Errorf("damping of %d words = %v, want none", n+1, got)
		case n > 3 && got >= last || got <= 0:
			t.Errorf("damping of %d words = %v, of one less %v, want it falling", n+1, got, last)
		}
		last = got
	}
}

func TestAnAliasAddsAndNeverRemoves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := Profile{Shares: rapid.SliceOfN(topic, 1, 4).Draw(t, "shares"), About: prose.Draw(t, "about")}
		for k := range kinds {
			plain, rich := weights(p, k, Aliases{}), weights(p, k, standard())
			for u, w := range plain {
				if rich[u] < w {
					t.Errorf("weight of %v in %v = %d with aliases, %d without", u, p, rich[u], w)
				}
			}
		}
	})
}

func TestOneMoreTopicNeverTakesFromAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		topics := rapid.SliceOfN(topic, 1, 6).Draw(t, "topics")
		fewer := weights(Profile{Shares: topics[1:]}, shares, standard())
		more := weights(Profile{Shares: topics}, shares, standard())
		for u, w := range fewer {
			if more[u] < w {
				t.Errorf("weight of %v = %d, was %d before sharing %q too", u, more[u], w, topics[0])
			}
		}
	})
}

func TestWrittenWordsCountMoreThanWhatAnAliasAdds(t *testing.T) {
	t.Parallel()
	aliases, err := ParseAliases(strings.NewReader("molecular dynamics: [md]\nmedical doctor: [md]\n"))
	if err != nil {
		t.Fatal(err)
	}
	key := pairOf(stem("molecular"), stem("dynamics"))
	written := weights(Profile{Shares: []string{"molecular dynamics"}}, shares, aliases)[key]
	meant := weights(Profile{Shares: []string{"md"}}, shares, aliases)[key]
	both := weights(Profile{Shares: []string{"md, molecular dynamics"}}, shares, aliases)[key]
	if meant != weightOne/2 || written != weightOne || both > written {
		t.Errorf("weights as one of two meanings, written and both = %d, %d, %d, want %d, %d and no more",
			meant, written, both, weightOne/2, weightOne)
	}
}
