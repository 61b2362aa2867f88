namespace Quintet.Goroutines;

/// <summary>A <see cref="GoTask"/> of either kind, to what tells whose call it is.</summary>
internal interface IGoCall
{
    /// <summary>The method that is called; null when nothing is left to do, or the call is over.</summary>
    string? Describe();
}
