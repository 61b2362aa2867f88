namespace Quintet.BuildTasks.Reading;

/// <summary>What kind of thing lies on the stack of a method that is being read.</summary>
internal enum ValueKind
{
    Unknown,
    This,

    /// <summary>A parameter; <see cref="Value.Number"/> is its ordinal.</summary>
    Parameter,

    /// <summary>A constant; <see cref="Value.Number"/> is its value.</summary>
    Constant,

    /// <summary>A new object; <see cref="Value.Name"/> is its type, <see cref="Value.Number"/> is 1 for one made around what is in
    /// memory, 2 for one made around a file by its name, 3 for a value that is missing.</summary>
    Created,

    /// <summary>What a call returned; <see cref="Value.Name"/> is the called member, <see cref="Value.Number"/> where it is
    /// called.</summary>
    Returned,

    /// <summary>Whether the task whose key is <see cref="Value.Name"/> is complete.</summary>
    Completion,

    /// <summary>The state machine of an async method, in the method that moves it.</summary>
    Machine,

    /// <summary>Where a state machine goes on.</summary>
    State,

    /// <summary>
    /// A field; <see cref="Value.Name"/> is its id. What was asked of it has 1 for <see cref="Value.Number"/> where that was more than
    /// whether there is something.
    /// </summary>
    Field,

    /// <summary>
    /// Whether there is something: more than none, not null; <see cref="Value.Number"/> is 1 where both answers are as good as each other.
    /// </summary>
    Something,

    /// <summary>Whether something was found in what the type keeps; <see cref="Value.Name"/> is where.</summary>
    Found,

    /// <summary>The address of a method; <see cref="Value.Name"/> is its id.</summary>
    Function,

    /// <summary>A delegate made here; <see cref="Value.Name"/> is the id of the method that it calls.</summary>
    Delegate,
}
