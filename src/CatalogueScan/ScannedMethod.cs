namespace Quintet.CatalogueScan;

/// <summary>A method that was read: its documentation id and what decides whether it is worth a line.</summary>
/// <param name="Id">Documentation id with parameters.</param>
/// <param name="Type">Full name of the declaring type.</param>
/// <param name="Name">Name as in metadata.</param>
/// <param name="IsVisible">Public or protected, and so are the types around it.</param>
/// <param name="ReturnsAwaitable">Its result is a task, so that the caller can wait without a thread.</param>
internal sealed record ScannedMethod(string Id, string Type, string Name, bool IsVisible, bool ReturnsAwaitable);
