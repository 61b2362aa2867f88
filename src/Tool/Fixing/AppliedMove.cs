namespace Quintet.Tool.Fixing;

/// <summary>One kind of move, applied to all findings that it suits.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Key">The move's equivalence key.</param>
/// <param name="Sites">The findings, with what it says at each.</param>
internal sealed record AppliedMove(string Id, string Key, IReadOnlyList<FixedSite> Sites);
