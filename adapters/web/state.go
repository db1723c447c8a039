package web

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// state is what is looked up when Prometheus asks, and not counted on the way.
type state struct{ private Private }

// What state describes.
var (
	keptDesc    = prometheus.NewDesc("interlab_documents", "Documents that are kept.", []string{"kind"}, nil)
	waitingDesc = prometheus.NewDesc("interlab_jobs", "Due work, by where it stands.", []string{"state"}, nil)
	linksDesc   = prometheus.NewDesc("interlab_sockets", "Connections to a platform that are open.", []string{"platform", "name"}, nil)
	stoppedDesc = prometheus.NewDesc("interlab_platform_stopped", "1 where a platform's part has stopped for good.", []string{"platform", "name"}, nil)
	cameDesc    = prometheus.NewDesc("interlab_envelopes_total", "What came from a platform, by what became of it.", []string{"platform", "outcome"}, nil)
	upDesc      = prometheus.NewDesc("interlab_store_up", "1 while the store answers.", nil, nil)
)

// Describe implements prometheus.Collector.
func (*state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{keptDesc, waitingDesc, linksDesc, stoppedDesc, cameDesc, upDesc} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (s *state) Collect(to chan<- prometheus.Metric) {
	for _, l := range s.private.Links() {
		to <- gauge(linksDesc, float64(l.Open), l.Platform, l.Name)
		to <- gauge(stoppedDesc, one(l.Stopped != ""), l.Platform, l.Name)
	}
	for platform, outcomes := range s.private.Envelopes() {
		for outcome, n := range outcomes {
			to <- prometheus.MustNewConstMetric(cameDesc, prometheus.CounterValue, float64(n), platform, outcome)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeLimit)
	defer cancel()
	census, err := s.private.Census(ctx)
	to <- gauge(upDesc, one(err == nil))
	if err != nil {
		return // what is not known is left out, so that nobody takes it for nothing
	}
	for kind, n := range census.Kept {
		to <- gauge(keptDesc, float64(n), string(kind))
	}
	for at, n := range map[string]int64{"due": census.Due, "later": census.Later, "held": census.Held, "buried": census.Buried} {
		to <- gauge(waitingDesc, float64(n), at)
	}
}

func gauge(d *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
