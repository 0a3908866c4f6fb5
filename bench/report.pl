#!/usr/bin/perl
# Medians of what dhcp.sh measured: a table on standard output, and dhcp.json in the folder that is given.
use strict;
use warnings;

my $folder = shift or die "usage: report.pl FOLDER\n";
my %names = (slipway => 'Slipway', kea => 'Kea', dnsmasq => 'dnsmasq', isc => 'ISC dhcpd');
my %durable = (slipway => 'forced before the ACK', kea => 'written, not forced', dnsmasq => 'file rewritten, not forced',
    isc => 'forced before the ACK');
my (@facts, @columns, %rows, @order);

open my $machine, '<', "$folder/dhcp.machine.tsv" or die "dhcp.machine.tsv: $!\n";
while (<$machine>) { chomp; push @facts, [split /\t/, $_, 2] }
open my $results, '<', "$folder/dhcp.tsv" or die "dhcp.tsv: $!\n";
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

sub text { my $text = shift; $text =~ s/(["\\])/\\$1/g; return "\"$text\"" }

sub object { my %of = @_; return '{' . join(', ', map { text($_) . ': ' . ($of{$_} =~ /^-?\d+(\.\d+)?$/ ? $of{$_} : text($of{$_})) } sort keys %of) . '}' }

open my $json, '>', "$folder/dhcp.json" or die "dhcp.json: $!\n";
printf $json "{\n  \"facts\": %s,\n  \"rounds\": [\n    %s\n  ]\n}\n", object(map { @$_ } @facts),
    join(",\n    ", map { object(%$_) } map { @{$rows{$_}} } @order);
