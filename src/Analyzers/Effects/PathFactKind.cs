using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

internal enum PathFactKind
{
    /// <summary>The task, or every task of the collection, is complete.</summary>
    Completed,

    /// <summary>The bool parameter is true.</summary>
    True,

    /// <summary>The bool parameter is false.</summary>
    False,

    /// <summary>The body's own state is not there yet, or the file does not exist: what follows happens once.</summary>
    Missing,

    /// <summary>Of two tasks, each named after the other, one has ended.</summary>
    Raced,

    /// <summary>The parameter is of the type that the fact names.</summary>
    IsOfType,

    /// <summary>
    /// The parameter has the value that the fact names (see <see cref="ValueTest"/>): the branch is there for those who choose it.
    /// </summary>
    Asked,

    /// <summary>The same where the others have turned off before, or have nothing to work on.</summary>
    Passed,

    /// <summary>The value that the fact names is enough for the branch; something else may be as well.</summary>
    Suffices,

    /// <summary>The coroutine has moved itself to a pool thread.</summary>
    OnPool,
}
