namespace Quintet.BuildTasks.Reading;

/// <summary>One call in a body: whom it calls, with what, and how surely it happens.</summary>
/// <param name="Target">Documentation id of the called method's definition.</param>
/// <param name="IsVirtual">Dispatched: an override may run instead.</param>
/// <param name="Receiver">What it is called on.</param>
/// <param name="Arguments">What is passed, in order.</param>
/// <param name="ReturnsTask">The caller is given a task and does not wait.</param>
internal sealed record CallFact(string Target, bool IsVirtual, Value Receiver, IReadOnlyList<Value> Arguments, bool ReturnsTask)
{
    /// <summary>Where it stands among the instructions of its body; what it returns carries this number.</summary>
    public int Index { get; init; }

    /// <summary>The class of the field that it is called on, or that a static member is given first; empty for anything else.</summary>
    public string ClassOfField { get; init; } = "";

    /// <summary>Happens only for one value of a parameter of the method.</summary>
    public Given? Given { get; set; }

    /// <summary>Happens only when the task that it is about is complete.</summary>
    public bool IsOnComplete { get; set; }

    /// <summary>Takes the result of an <c>await</c>: nobody waits there.</summary>
    public bool IsAwait { get; init; }

    /// <summary>What it gives is what the body gives back, or is made of it there.</summary>
    public bool IsGivenBack { get; set; }

    /// <summary>Behind it the method can only throw.</summary>
    public bool IsCold { get; set; }

    /// <summary>In the handler of an exception.</summary>
    public bool IsInHandler { get; set; }

    /// <summary>The method can end without it.</summary>
    public bool IsConditional { get; set; }

    /// <summary>The sides of branches that it stands on and that need not be taken; see <see cref="Choices.SidesOf"/>.</summary>
    public IReadOnlyList<int> Sides { get; set; } = [];

    /// <summary>
    /// Behind a test of a field that the method fills, or of a task that may be complete: it may never happen again, or at all.
    /// </summary>
    public bool IsGuarded { get; set; }

    /// <summary>The lock that it takes, <c>Type.Field</c>; null for any other call.</summary>
    public string? Takes { get; set; }

    /// <summary>The locks that the body holds meanwhile, the outermost first.</summary>
    public IReadOnlyList<string> Locks { get; set; } = [];
}
