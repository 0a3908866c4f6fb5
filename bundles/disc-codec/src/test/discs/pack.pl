#!/usr/bin/perl
# Packs a disc image for the tests: its size, and those sectors that are not all zeros, each behind its number. A disc with
# a sparse file of gigabytes has some KB in this form. Usage: pack.pl IMAGE | gzip -9n
use strict;
use warnings;

my $sector = 2048;
my $zeros  = "\0" x $sector;
open my $image, '<:raw', $ARGV[0] or die "$ARGV[0]: $!\n";
binmode STDOUT;
print pack 'Q>', -s $image;
for (my $number = 0; (my $count = read $image, my $bytes, $sector); $number++) {
    $bytes .= "\0" x ($sector - $count);
    print pack('N', $number), $bytes if $bytes ne $zeros;
}
