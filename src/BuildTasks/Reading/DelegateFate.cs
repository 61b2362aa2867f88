namespace Quintet.BuildTasks.Reading;

/// <summary>What becomes of a delegate.</summary>
internal enum DelegateFate
{
    /// <summary>Captured, returned, put into a list: where it runs is not seen.</summary>
    Lost,

    /// <summary>Called right there.</summary>
    Invoked,

    /// <summary>Kept in a field for later.</summary>
    Kept,

    /// <summary>Passed to a member that may run it.</summary>
    Passed,
}
