#!/usr/bin/perl
# A TFTP client that takes its time: steady.pl ADDRESS FILE DELAY OUT. Acknowledges each block DELAY seconds after it has
# come, writes the file to OUT, and says how it ends: "begun" when it has the first block, then "whole" or what the server
# says, "error CODE TEXT".
use strict;
use warnings;
use IO::Socket::INET;
$| = 1;
my ($address, $file, $delay, $path) = @ARGV;
open my $out, '>', $path or die "$path: $!\n";
my $socket = IO::Socket::INET->new(Proto => 'udp') or die "socket: $!\n";
my ($expected, $asked) = (1, 0);
sub ask { $asked++; $socket->send("\0\1$file\0octet\0", 0, pack_sockaddr_in(69, inet_aton($address))) }
ask();
while (1) {
    my $ready = '';
    vec($ready, fileno $socket, 1) = 1;
    if (!select $ready, undef, undef, $expected == 1 ? 1 : 20) {
        die "silence\n" if $expected > 1 || $asked == 20;
        ask();
        next;
    }
    my $from = $socket->recv(my $packet, 65536);
    my ($code, $number) = unpack 'nn', $packet;
    if ($code == 5) {
        printf "error %d %s\n", $number, unpack 'x4Z*', $packet;
        exit 1;
    }
    next unless $code == 3 && $number == $expected;
    print "begun\n" if $expected++ == 1;
    print {$out} substr $packet, 4;
    select undef, undef, undef, $delay;
    $socket->send(pack('nn', 4, $number), 0, $from);
    last if length $packet < 516;
}
close $out;
print "whole\n";
