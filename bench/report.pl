#!/usr/bin/perl
# Medians of what dhcp.sh, tftp.sh or http.sh measured: a table on standard output, and a JSON file in the folder.
use strict;
use warnings;

my ($folder, $what) = @ARGV;
die "usage: report.pl FOLDER dhcp|leases|tftp|http|storm\n" unless $what;
my %names = (slipway => 'Slipway', kea => 'Kea', dnsmasq => 'dnsmasq', isc => 'ISC dhcpd',
    atftpd => 'atftpd', hpa => 'tftpd-hpa', nginx => 'nginx', peers => 'dnsmasq and nginx');
my %durable = (slipway => 'forced before the ACK', kea => 'written, not forced', dnsmasq => 'file rewritten, not forced',
    isc => 'forced before the ACK');
my (@facts, @columns, %rows, @order);

open my $machine, '<', "$folder/$what.machine.tsv" or die "$what.machine.tsv: $!\n";
while (<$machine>) { chomp; push @facts, [split /\t/, $_, 2] }
open my $results, '<', "$folder/$what.tsv" or die "$what.tsv: $!\n";
chomp(my $head = <$results>);
@columns = split /\t/, $head;
while (<$results>) {
    chomp;
    my %row;
    @row{@columns} = split /\t/;
    push @order, $row{server} unless $rows{$row{server}};
    push @{$rows{$row{server}}}, \%row;
}

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

# An avalanche without an end counts as the longest.
sub of { my ($server, $key) = @_; return median(map { $key eq 'avalanche_s' && !$_->{$key} ? 1e9 : $_->{$key} } @{$rows{$server}}) }

sub seconds { return $_[0] >= 1e9 ? 'no end' : "$_[0] s" }

print "$_->[0]: $_->[1]\n" for @facts;
if ($what eq 'dhcp') { dhcp() } elsif ($what eq 'leases') { leases() } elsif ($what eq 'storm') { storm() } else { files() }

sub dhcp {
    print "\n| server | lease is | four-way exchanges/s, under 1 % dropped | CPU of the server each | avalanche of 4,000 | datagrams without room | fdatasync |\n";
    print "|---|---|---|---|---|---|---|\n";
    for my $server (@order) {
        printf "| %s | %s | %s | %s µs | %s | %s | %s µs |\n", $names{$server}, $durable{$server}, of($server, 'rate'),
            of($server, 'cpu_us'), seconds(of($server, 'avalanche_s')), of($server, 'lost'), of($server, 'fdatasync_us');
    }
    if ($rows{slipway} && $rows{kea}) {
        my ($rate, $cpu) = map { of('kea', $_) ? of('slipway', $_) / of('kea', $_) : 0 } 'rate', 'cpu_us';
        printf "\nSlipway against Kea: %.2f times the rate, %.2f times the CPU an exchange\n", $rate, $cpu;
    }
}

sub leases {
    my ($first, %seen);
    print "\n| | CPU of the server an exchange | against the first | lost |\n|---|---|---|---|\n";
    for my $scenario (grep { !$seen{$_}++ } map { $_->{scenario} } @{$rows{slipway}}) {
        my @these = grep { $_->{scenario} eq $scenario } @{$rows{slipway}};
        my $cost = median(map { $_->{cpu_us} } @these);
        $first //= $cost;
        (my $words = $scenario) =~ tr/-/ /;
        printf "| %s | %d µs | %+.0f %% | %d |\n", $words, $cost, ($cost / $first - 1) * 100, median(map { $_->{lost} } @these);
    }
}

sub storm {
    print "\n| server | until the last is done | half of them | 99 of 100 | failed | CPU | memory |\n|---|---|---|---|---|---|---|\n";
    for my $server (@order) {
        printf "| %s | %.1f s | %.1f s | %.1f s | %d | %.1f s | %d MB |\n", $names{$server}, of($server, 'seconds'),
            of($server, 'p50_ms') / 1000, of($server, 'p99_ms') / 1000, of($server, 'failed'), of($server, 'cpu_ms') / 1000, of($server, 'MB');
    }
}

# A row for each server, a column for each scenario: the rate, and the processor time a gigabyte.
sub files {
    my (%seen, %of);
    my @scenarios = grep { !$seen{$_}++ } map { $_->{scenario} } map { @{$rows{$_}} } @order;
    print "\n| server | ", join(' | ', map { "$_ | CPU" } @scenarios), " |\n", '|---' x (1 + 2 * @scenarios), "|\n";
    for my $server (@order) {
        my @cells;
        for my $scenario (@scenarios) {
            my @these = grep { $_->{scenario} eq $scenario } @{$rows{$server}};
            my $failed = grep { $_->{failed} } @these;
            my $rate = @these ? $of{$server}{$scenario} = median(map { $_->{rate} } @these) : undef;
            my $unit = $scenario =~ /^small/ ? '/s' : ' MB/s';
            push @cells, @these ? $rate . $unit . ($failed ? " ($failed rounds with failures)" : '') : '-',
                @these ? median(map { $_->{cpu_ms_per_GB} } @these) . ' ms/GB' : '-';
        }
        print "| $names{$server} | ", join(' | ', @cells), " |\n";
    }
    print "\n";
    growth(grep { /^\d+-machines$/ } @scenarios);
    return unless $of{slipway} && @order > 1;
    for my $scenario (@scenarios) {
        my ($best) = sort { $b->[1] <=> $a->[1] } map { [$_, $of{$_}{$scenario} // 0] } grep { $_ ne 'slipway' } @order;
        printf "%s: %.2f times %s\n", $scenario, $of{slipway}{$scenario} / $best->[1], $names{$best->[0]} if $best->[1];
    }
}

# What a gigabyte costs with more machines, against the fewest.
sub growth {
    my ($first, @more) = map { my $scenario = $_; [$_, median(map { $_->{cpu_ms_per_GB} } grep { $_->{scenario} eq $scenario } @{$rows{slipway}})] } @_;
    printf "%s: %+.0f %% of CPU a gigabyte against %s\n", $_->[0], ($_->[1] / $first->[1] - 1) * 100, $first->[0] for @more;
}

sub text { my $text = shift; $text =~ s/(["\\])/\\$1/g; return "\"$text\"" }

sub object { my %of = @_; return '{' . join(', ', map { text($_) . ': ' . ($of{$_} =~ /^-?\d+(\.\d+)?$/ ? $of{$_} : text($of{$_})) } sort keys %of) . '}' }

open my $json, '>', "$folder/$what.json" or die "$what.json: $!\n";
printf $json "{\n  \"facts\": %s,\n  \"rounds\": [\n    %s\n  ]\n}\n", object(map { @$_ } @facts),
    join(",\n    ", map { object(%$_) } map { @{$rows{$_}} } @order);
