# force-order.pl TRACE MACS: whether, in an strace of the server, each ACK to a MAC address that begins so is sent only
# after the write that holds its lease was forced: the write has ended, then fdatasync or fsync of that file begins and
# ends well, then the send begins. A lease that is acknowledged twice must have been written twice.
#
# strace stops a thread where its call begins and lets it go on when it has written so; what stands later in the trace
# than the end of another call has happened after that.
use strict;
use warnings;

my $machines = pop @ARGV; # of others, the write may have been before the trace
my (%open, @calls);
my $line = 0;
while (<>) {
  $line++;
  my ($thread, $text) = /^(\d+)\s+(.*)$/ or next;
  if ($text =~ s/ <unfinished \.\.\.>$//) { $open{$thread} = [$line, $text]; next; }
  my $begun = $line;
  if ($text =~ s/^<\.\.\. \w+ resumed>//) {
    my $first = delete $open{$thread} or next; # it was under way when the trace began
    $begun = $first->[0];
    $text = $first->[1] . $text;
  }
  $text =~ /^(\w+)\((\d+)(.*)\) += (-?\d+)/s or next;
  push @calls, { name => $1, file => $2, data => $3, result => $4, begun => $begun, ended => $line };
}

sub strings { map { s/\\x([0-9a-f]{2})/chr hex $1/ger } $_[0] =~ /"((?:\\x[0-9a-f]{2})+)"/g }
sub dotted { join ".", unpack("C4", $_[0]) }

# What is done at which line; what begins with a line comes before what ends with it.
my (@steps, %written);
for my $call (@calls) {
  if ($call->{name} =~ /^pwrite/ && $call->{result} > 0) {
    my @leases;
    for my $bytes (strings($call->{data})) {
      # LeaseRecord: version 2, writer, state 2 (bound), MAC
      push @leases, "$1 " . unpack("H12", $2) while $bytes =~ m{dhcp/lease/([0-9.]+)\0\0.{2}\x02.{8}\x02(.{6})}sg;
    }
    push @steps, [$call->{ended}, 1, sub { push @{ $written{ $call->{file} } }, @leases }] if @leases;
  } elsif ($call->{name} =~ /^f(data)?sync$/) {
    my @covered;
    push @steps, [$call->{begun}, 0, sub { @covered = splice @{ $written{ $call->{file} } //= [] } }];
    push @steps, [$call->{ended}, 1, sub { forced(@covered) if $call->{result} == 0 }];
  } elsif ($call->{name} =~ /^send/) {
    for my $bytes (strings($call->{data})) {
      next unless length($bytes) > 240 && ord($bytes) == 2 && substr($bytes, 236, 4) eq "\x63\x82\x53\x63";
      next unless substr($bytes, 240) =~ /^(?:[^\x35\xff](.)(??{ ".{" . ord($1) . "}" }))*\x35\x01\x05/s;
      my $lease = dotted(substr($bytes, 16, 4)) . " " . unpack("H12", substr($bytes, 28, 6));
      next unless $lease =~ / $machines/;
      push @steps, [$call->{begun}, 0, sub { sent($lease, $call->{begun}) }];
    }
  }
}

my (%forced, %sent, $acks, $early, $forces);
sub forced { $forces++; $forced{$_}++ for @_ }
sub sent {
  my ($lease, $at) = @_;
  $acks++;
  return if ++$sent{$lease} <= ($forced{$lease} // 0);
  print "line $at: ACK of $lease, which was not forced\n" if $early++ < 10;
}
$_->[2]->() for sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] } @steps;
printf "%d ACKs after %d forces, %d of them too early\n", $acks // 0, $forces // 0, $early // 0;
exit($early || !$acks ? 1 : 0);
