#!/usr/bin/perl
# Requests without an end: giants.pl ADDRESS MEGABYTES. A line, a header and a great many headers of that size on a
# connection each, all at once; and as many requests ahead of their answers, which nobody reads.
use strict;
use warnings;
use IO::Socket::INET;
$SIG{PIPE} = 'IGNORE';
my ($address, $megabytes) = @ARGV;
my $host = "Host: x\r\n";
my @giants = (
    ['GET /', 'x' x 65536],
    ["GET / HTTP/1.1\r\n${host}A: ", 'x' x 65536],
    ["GET / HTTP/1.1\r\n$host", "A: b\r\n" x 10922],
    ['', "GET /big.bin HTTP/1.1\r\n$host\r\n" x 2048],
    ['', "\r\n" x 32768],
    ["POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n" x 10922]);
my @running;
for my $giant (map { @giants } 1 .. 5) {
    my $process = fork;
    push @running, $process;
    next if $process;
    my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => 80, Timeout => 10) or die "connection: $!\n";
    $socket->blocking(0);
    my $sent = syswrite $socket, $giant->[0];
    my $until = time + 5;
    for (my $bytes = 0; $bytes < $megabytes * 1e6 && time < $until;) {
        my $count = syswrite $socket, $giant->[1];
        last if !defined $count && !$!{EAGAIN};
        select undef, undef, undef, 0.01 unless defined $count;
        $bytes += $count // 0;
    }
    exit;
}
waitpid $_, 0 for @running;
