namespace Quintet.BuildTasks.Reading;

/// <summary>Codes that do the same, as <c>ldarg.0</c> and <c>ldarg.s</c> do.</summary>
internal enum OpFamily
{
    None,

    /// <summary>Loads an argument.</summary>
    Argument,

    /// <summary>Loads a local.</summary>
    Local,

    /// <summary>Stores a local.</summary>
    Store,

    /// <summary>Loads a whole number.</summary>
    Constant,

    /// <summary>A conversion, a cast or a prefix: gives what it is given, as far as its origin goes.</summary>
    Keeping,
}
