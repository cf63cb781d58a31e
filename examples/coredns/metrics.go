package privatelink

import (
	"github.com/coredns/coredns/plugin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	clientsTotal = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "clients_total",
		Help:      "Counter of queries by what chose the client's view: subnet, default or none.",
	}, []string{"server", "view"})

	answersTotal = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "answers_total",
		Help:      "Counter of answers by what gave them: a kind of zone or rule, none, or fallthrough.",
	}, []string{"server", "source"})

	reloadTimestamp = promauto.NewGauge(prometheus.GaugeOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "reload_timestamp_seconds",
		Help:      "The timestamp of the last load of a world.",
	})

	reloadsFailedTotal = promauto.NewCounter(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "reloads_failed_total",
		Help:      "Counter of directories that changed and could not be read.",
	})
)
