package io.slipway.disc.codec;

/** What a disc may ask of memory and of time. One that asks for more is refused; no known installation disc does. */
final class Limits {

    /** The bytes of one directory. */
    static final int DIRECTORY_BYTES = 32 << 20;

    /** The names in one directory. */
    static final int DIRECTORY_NAMES = 100_000;

    /** The names in a directory and in all those above it, which a walk holds at one time. */
    static final int HELD_NAMES = 150_000;

    /** The names that a walk comes by. */
    static final int VISITED_NAMES = 1_000_000;

    /** Directories within directories. */
    static final int DEPTH = 100;

    /** Symbolic links that are followed to one file, as Linux does (path_resolution(7)). */
    static final int LINK_HOPS = 40;

    /** The bytes of a symbolic link's target, as of PATH_MAX. */
    static final int LINK_TARGET_BYTES = 4096;

    /** The bytes of a name. POSIX has 255; 255 UTF-16 units of other systems are at most three times as many. */
    static final int NAME_BYTES = 765;

    /** SUSP continuation areas of one directory record, as Linux allows. */
    static final int CONTINUATION_AREAS = 32;

    /** The bytes of one such area. It should end in its block, and xorriso before 1.5.6 lets it go on into the next. */
    static final int CONTINUATION_BYTES = 16 << 10;

    /** The extents of a file, after adjacent ones have been joined. */
    static final int EXTENTS = 65_536;

    /** UDF allocation extents, which continue the extents of one file: at least 126 extents in each. */
    static final int ALLOCATION_EXTENTS = 1024;

    /** UDF indirect entries up to one file entry. */
    static final int INDIRECT_ENTRIES = 32;

    /** ISO 9660 volume descriptors and what recognizes UDF. */
    static final int RECOGNITION_SECTORS = 64;

    /** UDF volume descriptors of one sequence. */
    static final int VOLUME_DESCRIPTORS = 256;

    /** Names that are kept for the next lookup, of all directories that were looked into last. */
    static final int CACHED_NAMES = 100_000;

    /** Bytes that are read to open a disc. */
    static final long OPEN_BYTES = 64L << 20;

    /** Bytes of directories and the like that are read to find one file. */
    static final long FIND_BYTES = 256L << 20;

    /** Bytes of directories and the like that are read to walk a disc. */
    static final long WALK_BYTES = 4L << 30;

    private Limits() {}
}
