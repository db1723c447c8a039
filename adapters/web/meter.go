package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"interlab/bot"
	"interlab/bot/chat"
)

// Meter keeps the figures of one process for Prometheus. It is a bot.Meter,
// and its Called is told of every call to the store.
type Meter struct {
	registry   *prometheus.Registry
	accepted   *prometheus.CounterVec
	accepting  prometheus.Histogram
	handled    *prometheus.CounterVec
	handling   prometheus.Histogram
	faults     prometheus.Counter
	worked     *prometheus.CounterVec
	lateness   prometheus.Histogram
	deliveries *prometheus.CounterVec
	changes    *prometheus.CounterVec
	calls      *prometheus.CounterVec
	calling    *prometheus.HistogramVec
}

var _ bot.Meter = (*Meter)(nil)

// Buckets in seconds. Of an answer, up to what the platforms wait (three
// seconds); of lateness, up to the hour after which work is given up.
var (
	answerBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .15, .25, .5, 1, 3, 10}
	lateBuckets   = []float64{.1, .5, 1, 2, 5, 15, 60, 300, 900, 3600}
)

// NewMeter makes a meter that shows what it hears of this process, and what
// the process itself uses.
func NewMeter(version string) *Meter {
	m := &Meter{
		registry:   prometheus.NewRegistry(),
		accepted:   counters("events_accepted_total", "Events that were saved in the inbox, or could not be.", "saved"),
		accepting:  histogram("event_accept_seconds", "How long saving an event took, which its acknowledgement waits for.", answerBuckets),
		handled:    counters("events_handled_total", "Events that were answered.", "platform", "route", "outcome"),
		handling:   histogram("event_handle_seconds", "How long answering an event took, without the platform.", answerBuckets),
		faults:     prometheus.NewCounter(prometheus.CounterOpts{Namespace: "interlab", Name: "faults_total", Help: "Events whose answer failed by our own fault."}),
		worked:     counters("jobs_total", "Due work that was tried.", "kind", "work", "outcome"),
		lateness:   histogram("job_late_seconds", "How long after it was due work was done.", lateBuckets),
		deliveries: counters("deliveries_total", "Messages to people and channels that were settled.", "class", "outcome"),
		changes:    counters("changes_total", "Changes that were committed, by the route or the work that made them.", "verb"),
		calls:      counters("store_calls_total", "Calls to Redis.", "call", "outcome"),
		calling:    prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "interlab", Name: "store_call_seconds", Help: "How long calls to Redis took.", Buckets: answerBuckets}, []string{"call"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "interlab", Name: "build_info", Help: "Always 1.", ConstLabels: prometheus.Labels{"version": version}})
	info.Set(1)
	m.registry.MustRegister(
		m.accepted, m.accepting, m.handled, m.handling, m.faults, m.worked, m.lateness, m.deliveries, m.changes, m.calls, m.calling, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	// A counter that appears with its first count has risen from nothing that
	// Prometheus knows, so no rule on its increase would hear of that count.
	m.accepted.WithLabelValues(yesNo(true))
	m.accepted.WithLabelValues(yesNo(false))
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "interlab", Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "interlab", Name: name, Help: help, Buckets: buckets})
}

// Accepted implements bot.Meter.
func (m *Meter) Accepted(saved bool, took time.Duration) {
	m.accepted.WithLabelValues(yesNo(saved)).Inc()
	m.accepting.Observe(took.Seconds())
}

// Handled implements bot.Meter.
func (m *Meter) Handled(p chat.Platform, route string, o bot.Outcome, took time.Duration) {
	m.handled.WithLabelValues(string(p), route, string(o)).Inc()
	m.handling.Observe(took.Seconds())
	if o == bot.OutcomeFailed {
		m.faults.Inc()
	}
}

// Worked implements bot.Meter.
func (m *Meter) Worked(kind bot.Kind, work string, o bot.Outcome, late time.Duration) {
	m.worked.WithLabelValues(string(kind), work, string(o)).Inc()
	m.lateness.Observe(late.Seconds())
}

// Delivered implements bot.Meter.
func (m *Meter) Delivered(class bot.Class, p bot.Progress) {
	m.deliveries.WithLabelValues(string(class), string(p)).Inc()
}

// Changed implements bot.Meter.
func (m *Meter) Changed(verb string) { m.changes.WithLabelValues(verb).Inc() }

// Called hears of a call to the store by its name, how long it took and
// whether Redis answered it.
func (m *Meter) Called(call string, took time.Duration, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	m.calls.WithLabelValues(call, outcome).Inc()
	m.calling.WithLabelValues(call).Observe(took.Seconds())
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
