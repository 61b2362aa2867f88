namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Where effects come from and where they may go, told from names: too many rather than too few. Bodies are read only where one arrives.
/// </summary>
/// <param name="methods">The methods of the assembly.</param>
/// <param name="matters">Which of them lead to something that is known.</param>
internal sealed class CallersByName(MethodTable methods, BodiesThatMatter matters)
{
    /// <summary>The methods that call somebody of whom something is known.</summary>
    public IEnumerable<MethodFacts> OfKnown => Read(matters.Seeds);

    /// <summary>The methods that take a lock.</summary>
    public IEnumerable<MethodFacts> Takers => Read(matters.Takers);

    /// <summary>The methods that may run another one, be it by another name.</summary>
    public IEnumerable<MethodFacts> Of(MethodFacts method) => Read(matters.UsersOf(method.Number));

    private IEnumerable<MethodFacts> Read(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            if (matters.IsAsked(number) && methods.Enter(number) is { } method) yield return method;
    }
}
