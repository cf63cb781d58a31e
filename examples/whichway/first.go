package main

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/route/trace"
)

// The questions of the first screen: the page's service, and a sibling of it
// that the page's endpoint does not carry.
const (
	pageHost    = "monitoring.us-east-2.amazonaws.com"
	siblingHost = "monitoring.us-east-2.api.aws"
	pageNATted  = "private" // the Name tag of the subnet whose proof is shown
)

// firstScreen shows the AWS page's example, end to end. All of it is computed
// from the embedded world, and from the same Inventory without its endpoint.
func firstScreen(ctx context.Context, w io.Writer) error {
	with, err := embeddedWorld()
	if err != nil {
		return err
	}
	inv := with.Inventory()
	ep := inv.Endpoints[0]
	inv.Endpoints = nil
	without, err := trace.New(inv)
	if err != nil {
		return err
	}

	fmt.Fprintf(w, "One name, three subnets of one VPC:  %s:%d\n\n", pageHost, trace.DefaultPort)
	fmt.Fprintf(w, "  %-46s%-31s%s\n", "from", "no endpoint", "with the endpoint")
	for v := range with.Vantages() {
		before, ok := without.From(v.ID())
		if !ok {
			return fmt.Errorf("%s: gone with the endpoint", v.ID())
		}
		b, a := before.To(pageHost, trace.DefaultPort), v.To(pageHost, trace.DefaultPort)
		fmt.Fprintf(w, "  %-24s %-8s %-11s %-22s %-6s  %-12s %s\n", v.ID(), v.Name(), v.AZ(), b.Way(), verdict(b), a.Way(), verdict(a))
	}

	after, err := with.Why(pageNATted, pageHost)
	if err != nil {
		return err
	}
	before, err := without.Why(pageNATted, pageHost)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nWhy, from %s:\n", with.Label(after.From.ID()))
	printSteps(w, after)
	fmt.Fprintf(w, "Why, before the endpoint:\n")
	printSteps(w, before)

	printEntries(w, ep)

	sibling, err := with.Why(pageNATted, siblingHost)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nLooks covered, is not:\n  %s  from %s: %s   %s  %s\n",
		siblingHost, pageNATted, sibling.Way(), verdict(sibling), endpoint.HostNotCovered)

	view, ok := after.From.View()
	if !ok {
		return fmt.Errorf("%s: no view", after.From.ID())
	}
	addrs, err := resolver.New(view).Net().LookupNetIP(ctx, "ip4", pageHost)
	if err != nil {
		return err
	}
	slices.SortFunc(addrs, netip.Addr.Compare)
	fmt.Fprintf(w, "Go's net.Resolver, asking the same view:  %s\n", strings.Trim(fmt.Sprint(addrs), "[]"))
	fmt.Fprintf(w, "\nYour network:  whichway gather | sh -s world          read-only AWS CLI calls\n")
	fmt.Fprintf(w, "               whichway why -world world -from SUBNET HOST\n")
	return nil
}

func verdict(tr trace.Trace) string { return strings.ToUpper(string(tr.Verdict)) }

// printSteps prints the steps of a proof, numbered, a long line folded after a
// word.
func printSteps(w io.Writer, tr trace.Trace) {
	const indent, width = 9, 100
	for i, s := range tr.Steps() {
		line := fmt.Sprintf(" %d %-5s ", i+1, s.Word)
		for word := range strings.FieldsSeq(s.Text) {
			if len(line)+len(word) > width {
				fmt.Fprintln(w, strings.TrimRight(line, " "))
				line = strings.Repeat(" ", indent)
			}
			line += word + " "
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
}

// printEntries prints the endpoint's DnsEntries in AWS's order, by what they
// are.
func printEntries(w io.Writer, ep endpoint.Endpoint) {
	fmt.Fprintf(w, "\nThe endpoint's DNS entries, as AWS lists them, in public zone %s:\n", ep.DNSEntries.PublicZoneID())
	for n := range ep.DNSEntries.Names() {
		word := "Regional"
		if n.IsZonal() {
			word = "zonal"
		}
		fmt.Fprintf(w, "  %-9s %s\n", word, n)
	}
	for e := range ep.DNSEntries.PrivateEntries() {
		fmt.Fprintf(w, "and in the hidden zone %s:\n  %-9s %s\n", e.ZoneID(), "private", e.Name)
	}
}
