# acks.pl INTERFACE: what clients are acknowledged there, a line each as it arrives: when they asked, MAC address, address,
# lease time. A lease counts from when its client asked (RFC 2131 section 4.4.1), so it is the REQUEST that tells when. Ends
# at SIGTERM and then says how many datagrams it missed: of those it knows nothing.
use strict;
use warnings;
use Socket;
use Time::HiRes qw(time);
use constant { SOL_PACKET => 263, PACKET_STATISTICS => 6, SO_RCVBUFFORCE => 33 };

$| = 1;
socket(my $wire, 17, SOCK_DGRAM, unpack("S", pack("n", 3))) or die "AF_PACKET: $!";
setsockopt($wire, SOL_SOCKET, SO_RCVBUFFORCE, pack("i", 64 << 20)) or warn "a small buffer: $!";
open my $list, "<", "/proc/net/igmp" or die $!;
my ($index) = map { /^(\d+)\s+\Q$ARGV[0]\E\s/ ? $1 : () } <$list>;
bind($wire, pack("SnlSCCa8", 17, 3, $index, 0, 0, 0, "")) or die "$ARGV[0]: $!";
$SIG{TERM} = sub {
  my ($received, $missed) = unpack("II", getsockopt($wire, SOL_PACKET, PACKET_STATISTICS));
  print STDERR "missed $missed\n";
  exit;
};
print STDERR "listening\n";
my %asked;
while (1) {
  my $from = recv($wire, my $packet, 65536, 0);
  next unless defined $from && (unpack("SnlSCC", $from))[1] == 0x0800;
  my $leaves = (unpack("SnlSCC", $from))[4] == 4;
  my $head = 4 * (ord($packet) & 15);
  next unless length($packet) > $head + 8 + 240 && substr($packet, 9, 1) eq "\x11";
  next unless unpack("n", substr($packet, $head, 2)) == 67;
  my $dhcp = substr($packet, $head + 8);
  next unless ord($dhcp) == ($leaves ? 1 : 2) && substr($dhcp, 236, 4) eq "\x63\x82\x53\x63";
  my ($type, $time, $at) = (0, 0, 240);
  while ($at < length($dhcp) && (my $code = ord(substr($dhcp, $at, 1))) != 255) {
    if ($code == 0) { $at++; next; }
    my $length = ord(substr($dhcp, $at + 1, 1));
    my $value = substr($dhcp, $at + 2, $length);
    $type = ord($value) if $code == 53;
    $time = unpack("N", $value) if $code == 51;
    $at += 2 + $length;
  }
  my $client = substr($dhcp, 4, 4) . substr($dhcp, 28, 6); # transaction and MAC address
  $asked{$client} = time if $leaves && $type == 3;
  next unless !$leaves && $type == 5;
  my $when = $asked{$client} or die "an ACK that nobody asked for";
  printf "%.3f %s %s %d\n", $when, join(":", unpack("(H2)6", substr($dhcp, 28, 6))), inet_ntoa(substr($dhcp, 16, 4)), $time;
}
