namespace Quintet.Analyzers.Catalogue;

/// <summary>What a line of the catalogue says about a member. The words are the ones written in the files.</summary>
internal enum ApiVerb
{
    /// <summary>Holds the calling thread.</summary>
    Blocks,

    /// <summary>CPU-bound by nature, whatever the input (PBKDF2, archives, image codecs).</summary>
    Burns,

    /// <summary>CPU cost grows with the input; heavy only inside a loop over input, and then only possibly.</summary>
    Sized,

    /// <summary>Looks as if it blocked and does not; also ends the search in referenced bodies.</summary>
    Quiet,

    /// <summary>Gives a task that is complete already: whoever takes its result does not wait.</summary>
    Complete,

    /// <summary>Runs a delegate argument somewhere.</summary>
    Runs,

    /// <summary>Gives code a context: event handlers, controller actions, grain methods.</summary>
    Root,

    /// <summary>A type whose instances live in memory: reading them never waits.</summary>
    InMemory,

    /// <summary>A type that decorates its first stream argument: in memory if that one is.</summary>
    Wraps,

    /// <summary>A type whose members belong to one thread or one logical owner (controls, DbContext).</summary>
    Affine,

    /// <summary>A type, such as Monitor, that only the thread which took it may release.</summary>
    ThreadAffineLock,
}
