package io.slipway.image.catalog;

/** A file of the catalogue that is refused as a whole. */
final class RefusedFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedFileException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
