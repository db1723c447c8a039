package redis

import (
	"fmt"
	"strconv"
	"time"

	"interlab/bot"
)

// reply is what a script answers: texts and further replies. Reading past its
// end yields nothing, so that no answer of a server can make the program panic.
type reply []any

// text is the i-th part as text.
func (r reply) text(i int) string {
	if i >= len(r) {
		return ""
	}
	text, _ := r[i].(string)
	return text
}

// under is the i-th part as a reply of its own.
func (r reply) under(i int) reply {
	if i >= len(r) {
		return nil
	}
	parts, _ := r[i].([]any)
	return parts
}

// number is the i-th part as a whole number. Redis writes scores as floating
// point numbers where they are large.
func (r reply) number(i int) int64 {
	text := r.text(i)
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole
	}
	broken, _ := strconv.ParseFloat(text, 64)
	return int64(broken)
}

// time is the i-th part, milliseconds since 1970, as a time.
func (r reply) time(i int) time.Time { return time.UnixMilli(r.number(i)).UTC() }

// records reads a flat list of reference, version and data.
func (r reply) records() ([]bot.Record, error) {
	records := make([]bot.Record, 0, len(r)/3)
	for i := 0; i < len(r); i += 3 {
		record := bot.Record{Version: r.number(i + 1)}
		if err := record.Ref.UnmarshalText([]byte(r.text(i))); err != nil {
			return nil, fmt.Errorf("redis: a record: %w", err)
		}
		if record.Version > 0 {
			record.Data = []byte(r.text(i + 2))
		}
		records = append(records, record)
	}
	return records, nil
}

// answers reads the records for each want.
func (r reply) answers() ([][]bot.Record, error) {
	answers := make([][]bot.Record, len(r))
	for i := range r {
		records, err := r.under(i).records()
		if err != nil {
			return nil, err
		}
		answers[i] = records
	}
	return answers, nil
}

// millis writes a time as the store keeps it.
func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// span writes a duration in milliseconds, at least one.
func span(d time.Duration) string {
	return strconv.FormatInt(max(d.Milliseconds(), 1), 10)
}
