#!/usr/bin/perl
# TFTP read requests that nobody has sent: spoofed.pl SERVER PREFIX COUNT RATE LISTEN FILE [OPTION VALUE]... COUNT of
# them, RATE a second, each in the name of another address PREFIX.x.y; then listens for LISTEN seconds to what comes to
# those addresses, by whatever is routed here, and says how much at most came to one of them.
use strict;
use warnings;
use Socket;
use Time::HiRes qw(time sleep);
my ($server, $prefix, $count, $rate, $listen, $file, @options) = @ARGV;
my $request = "\0\1$file\0octet\0" . join '', map { "$_\0" } @options;
my $ears;
if ($listen) {
    socket $ears, 17, SOCK_DGRAM, unpack 'S', pack 'n', 0x0800 or die "AF_PACKET: $!\n"; # IPv4 alone
    setsockopt $ears, SOL_SOCKET, SO_RCVBUF, pack 'i', 16_000_000;
}
socket my $mouth, AF_INET, SOCK_RAW, 255 or die "raw socket: $!\n"; # IPPROTO_RAW: with a header of our own
my ($begun, $to) = (time, inet_aton $server);
for my $i (0 .. $count - 1) {
    my $from = inet_aton sprintf '%s.%d.%d', $prefix, $i / 250 % 250, 1 + $i % 250;
    # without a checksum of UDP; that of IP, and the length, are the kernel's
    my $datagram = pack('nnnn', 2070 + $i % 7, 69, 8 + length $request, 0) . $request;
    my $packet = pack('CCnnnCCn', 0x45, 0, 20 + length $datagram, 0, 0, 64, 17, 0) . $from . $to . $datagram;
    send $mouth, $packet, 0, pack_sockaddr_in 69, $to or die "send: $!\n";
    if ($i % 50 == 0) {
        my $ahead = $begun + $i / $rate - time;
        sleep $ahead if $ahead > 0;
    }
}
printf "%d requests in %.1f s\n", $count, time - $begun;
exit unless $listen;
my (%packets, %bytes);
my $until = time + $listen;
while ((my $left = $until - time) > 0) {
    my $ready = '';
    vec($ready, fileno $ears, 1) = 1;
    next unless select $ready, undef, undef, $left;
    recv $ears, my $packet, 65536, 0 or next;
    next unless unpack('x9C', $packet) == 17; # UDP
    my $address = inet_ntoa substr $packet, 16, 4;
    next unless $address =~ /^\Q$prefix\E\./;
    $packets{$address}++;
    $bytes{$address} += length($packet) - 28;
}
my ($most) = sort { $b <=> $a } values %packets;
my ($longest) = sort { $b <=> $a } values %bytes;
printf "%d addresses were answered, at most %d packets and %d bytes to one\n", scalar keys %packets, $most // 0, $longest // 0;
