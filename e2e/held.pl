# held.pl ACKS LEASES: whether what acks.pl wrote is what dhcp:leases shows: each acknowledged address is bound to its client,
# for as long as it was told, and none was acknowledged to two. No lease of the run has ended yet, and none was given back.
use strict;
use warnings;
use POSIX qw(mktime);

my ($acks, $leases) = @ARGV;
my (%shown, %last, $wrong);
sub wrong { print "$_[0]\n" if $wrong++ < 10 }

open my $in, "<", $leases or die "$leases: $!";
while (<$in>) {
  next unless /\b(\d+\.\d+\.\d+\.\d+)\b.*?\b((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b.*\bbound\b.*?(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)/;
  $shown{$1} = { mac => $2, until => mktime($8, $7, $6, $5, $4 - 1, $3 - 1900, 0, 0, -1) };
}
open $in, "<", $acks or die "$acks: $!";
my $count = 0;
while (<$in>) {
  next unless /\n/; # the last one may be under way
  my ($at, $mac, $address, $time) = split;
  $count++;
  wrong("$address was acknowledged to $last{$address}{mac} and then to $mac") if $last{$address} && $last{$address}{mac} ne $mac;
  my $until = $at + $time;
  $until = $last{$address}{until} if $last{$address} && $last{$address}{until} > $until; # answers may overtake each other
  $last{$address} = { mac => $mac, until => $until };
}
for my $address (sort keys %last) {
  my ($told, $kept) = ($last{$address}, $shown{$address});
  if (!$kept) { wrong("$address of $told->{mac} is lost") }
  elsif ($kept->{mac} ne $told->{mac}) { wrong("$address of $told->{mac} is $kept->{mac}'s") }
  # 2 s: the server counts in whole seconds, and so does what it shows
  elsif ($kept->{until} < $told->{until} - 2) { wrong("$address of $told->{mac} ends " . int($told->{until} - $kept->{until}) . " s early") }
}
printf "%d ACKs, %d addresses, %d leases shown, %d wrong\n", $count, scalar keys %last, scalar keys %shown, $wrong // 0;
exit($wrong || !$count ? 1 : 0);
