#!/usr/bin/perl
# Asks for files outside of what is served, in every way that FILE has (wire-tests/src/test/resources/traversal), by TFTP
# and by HTTP: traversal.pl ADDRESS FILE SECRET MARK. SECRET is the path of a file with the text MARK. Says how many were
# tried and which of them reached it; ends with 1 if any did, or if the server no longer answers.
use strict;
use warnings;
use IO::Socket::INET;
my ($address, $file, $secret, $mark) = @ARGV;
open my $in, '<', $file or die "$file: $!\n";
my @names = map { s/\n//r } grep { !/^#/ } <$in>;
for (@names) { s/\{SECRET\}/$secret/g; s/\{([0-9A-F]{2})\}/chr hex $1/ge }
my ($reached, $answered) = (0, 0);
sub seen { my ($how, $name, $bytes) = @_; if (index($bytes, $mark) >= 0) { $reached++; printf "%s reached it: %s\n", $how, $name } }
sub escaped { '/' . join '', map { sprintf '%%%02x', ord } split //, $_[0] }
for my $name (@names) {
    my $socket = IO::Socket::INET->new(Proto => 'udp') or die "socket: $!\n";
    $socket->send("\0\1$name\0octet\0", 0, pack_sockaddr_in(69, inet_aton($address))) or die "send: $!\n";
    my $ready = '';
    vec($ready, fileno $socket, 1) = 1;
    if (select $ready, undef, undef, $name =~ /\0/ ? 0.05 : 2) { # a NUL ends the name, and what follows is no request
        my $from = $socket->recv(my $answer, 65536);
        $answered++;
        seen('tftp', $name, $answer);
        $socket->send("\0\5\0\0\0", 0, $from);
    }
    for my $target ($name, "/$name", escaped($name), escaped(escaped($name))) {
        my $connection = IO::Socket::INET->new(PeerAddr => $address, PeerPort => 80, Timeout => 5) or die "connection: $!\n";
        print {$connection} "GET $target HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        $connection->flush;
        shutdown $connection, 1;
        my $answer = do { local $/; <$connection> } // '';
        $answered++ if $answer =~ m{^HTTP/1\.1 \d};
        seen('http', $target, $answer);
    }
}
printf "%d names, %d answers, %d reached something\n", scalar @names, $answered, $reached;
exit($reached > 0 || $answered < 4 * @names ? 1 : 0);
