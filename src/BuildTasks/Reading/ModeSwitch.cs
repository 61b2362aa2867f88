namespace Quintet.BuildTasks.Reading;

/// <summary>What a parameter chooses when it is true, or not zero.</summary>
internal enum ModeSwitch
{
    /// <summary>It is no choice between two forms of the same work.</summary>
    None,

    SetIsAsynchronous,

    SetIsSynchronous,
}
