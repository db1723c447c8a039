package bot

import (
	"testing"

	"pgregory.net/rapid"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindAppointment] = rapid.Custom(func(t *rapid.T) Document {
		return &Appointment{
			ID: anyID.Draw(t, "id"), By: anyID.Draw(t, "by"), Of: anyID.Draw(t, "of"),
			Grant: anyGrant.Draw(t, "grant"), Ended: rapid.Bool().Draw(t, "ended"), At: anyTime.Draw(t, "at"),
		}
	})
}

// Who is forgotten stands in no appointment any more, and who is one with
// somebody else stands there under the other's id.
func TestAppointmentsLetGoOfPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, ok := documents[KindAppointment].Draw(t, "appointment").(*Appointment)
		if !ok {
			t.Fatal("no appointment")
		}
		from := rapid.SampledFrom([]string{p.By, p.Of}).Draw(t, "from")
		to := rapid.SampledFrom([]string{"", "somebody else"}).Draw(t, "to")
		p.replace(from, to)
		if from != "" && (p.By == from || p.Of == from) {
			t.Fatalf("replace(%q, %q) left %+v", from, to, p)
		}
		for _, e := range p.Entries() {
			if e.Index == appointmentsOf || e.Index == appointmentsOf+from {
				t.Fatalf("Entries() = %+v after %q was taken out", p.Entries(), from)
			}
		}
	})
}
