#!/usr/bin/perl
# Clients that begin and then do nothing: idle.pl ADDRESS CONNECTIONS HALF-REQUESTS READS. That many connections that say
# nothing, as many that never end their request, and as many TFTP reads whose first answer is never acknowledged. Says
# "held" when all are there, and holds them until its standard input ends.
use strict;
use warnings;
use IO::Socket::INET;
$| = 1;
my ($address, $connections, $halves, $reads) = @ARGV;
my @held;
for my $i (1 .. $connections + $halves) {
    my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => 80, Timeout => 10) or die "connection $i: $!\n";
    print {$socket} "GET /big HTTP/1.1\r\nHost:" if $i > $connections;
    $socket->flush;
    push @held, $socket;
}
for my $i (1 .. $reads) {
    my $socket = IO::Socket::INET->new(Proto => 'udp') or die "read $i: $!\n";
    $socket->send("\0\1big\0octet\0tsize\0" . "0\0", 0, pack_sockaddr_in(69, inet_aton($address))) or die "read $i: $!\n";
    push @held, $socket;
    select undef, undef, undef, 0.01 if $i % 20 == 0; # what comes faster waits, as it should
}
print "held\n";
<STDIN>;
