namespace Quintet.BuildTasks.Reading;

/// <summary>What something is known of before an assembly is read.</summary>
/// <param name="Type">Whether something is known of a member of the type that is spelled so; most are told apart by that already.</param>
/// <param name="Member">Whether a call of the member with an id may do something to its caller.</param>
internal sealed record KnownMembers(Func<string, bool> Type, Func<string, bool> Member);
